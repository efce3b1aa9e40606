using System.Runtime.InteropServices;

namespace Blockchain.Lab.Network;

/// <summary>The program that is one peer.</summary>
/// <param name="FileName">What is executed: the program itself, or <c>dotnet</c>.</param>
/// <param name="Arguments">What comes before the arguments of a node: nothing, or the assembly.</param>
/// <param name="DotnetRoot">Where the runtime is that runs the launcher, and is to run the nodes.</param>
public sealed record NodeExecutable(string FileName, IReadOnlyList<string> Arguments, string DotnetRoot)
{
    private const string Name = "Blockchain.PeerNode";

    /// <summary>The node in this folder: its own executable, so that it has its name in <c>ps</c>, else its assembly.</summary>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    public static NodeExecutable Find(string directory)
    {
        // .../shared/Microsoft.NETCore.App/10.0.0/ -> ...
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var assembly = Path.Combine(directory, Name + ".dll");
        if (!File.Exists(assembly))
            throw new FileNotFoundException($"The node {Name}.dll is not beside the launcher; build Lab first.", assembly);
        var program = Path.Combine(directory, Name + suffix);
        return File.Exists(program)
            ? new NodeExecutable(program, [], root)
            : new NodeExecutable(Path.Combine(root, "dotnet" + suffix), [assembly], root);
    }
}
