using System.Text;
using Blockchain.Trials.Reading;

namespace Blockchain.Trials.Tests;

/// <summary>The scenarios of the repository, taken into the assembly so that no test depends on a folder.</summary>
internal static class Shipped
{
    private const string Folder = "scenarios/";

    /// <summary>Without folder and extension.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Shipped).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name))
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Bytes(string name) => Resource($"{Folder}{name}.json");

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    public static Scenario Read(string name, ulong? seed = null)
    {
        var result = ScenarioFile.Parse(Bytes(name), name, Network, seed);
        Assert.Empty(result.Problems);
        return result.Scenario!;
    }

    /// <summary>What a shipped scenario finds beside it.</summary>
    public static byte[] Network(string path) => path == "../peers.json"
        ? Resource("peers.json")
        : throw new FileNotFoundException(path);

    public static byte[] Resource(string name)
    {
        using var stream = typeof(Shipped).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The test assembly lacks {name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
