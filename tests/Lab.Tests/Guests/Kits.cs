using System.Runtime.CompilerServices;

namespace Blockchain.Lab.Tests.Guests;

/// <summary>Where the kits are, and what runs them.</summary>
internal static class Kits
{
    public static TheoryData<string> All { get; } = ["python", "javascript", "csharp"];

    public static string Python => OnPath("python3");

    public static string JavaScript => OnPath("node");

    /// <param name="path">Relative to the root of the repository.</param>
    public static string PathOf(string path) => Path.Combine(Root(), path);

    /// <summary>What starts the little node of a kit in virtual time.</summary>
    public static string[] InVirtualTime(string kit) => [.. Little(kit), "--stdio"];

    /// <summary>What starts it in real time.</summary>
    public static string[] InRealTime(string kit) => [.. Little(kit), "--id", "{id}", "--config", "{file}"];

    private static string[] Little(string kit) => kit switch
    {
        "python" => [Python, PathOf("kits/python/node.py")],
        "javascript" => [JavaScript, PathOf("kits/javascript/node.mjs")],
        _ => [OnPath("dotnet"), Built()],
    };

    private static string OnPath(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"This machine has no {program}.");
        return found;
    }

    /// <summary>Built in the same configuration as these tests.</summary>
    private static string Built()
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return PathOf($"kits/csharp/bin/{framework.Parent!.Name}/{framework.Name}/LittleNode.dll");
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../../..", here);
}
