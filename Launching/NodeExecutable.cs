using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Blockchain.Launching;

/// <summary>The program that is one peer, or another service of the network.</summary>
/// <param name="FileName">What is executed: the program itself, or <c>dotnet</c>.</param>
/// <param name="Arguments">What comes before the arguments of a node: nothing, or the assembly.</param>
/// <param name="DotnetRoot">Where the runtime is that runs the launcher, and is to run the nodes.</param>
public sealed record NodeExecutable(string FileName, IReadOnlyList<string> Arguments, string DotnetRoot)
{
    private const string Node = "Blockchain.PeerNode";

    /// <summary>Where the runtime is that runs this program.</summary>
    // .../shared/Microsoft.NETCore.App/10.0.0/ -> ...
    public static string RootOfDotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The node in this folder.</summary>
    /// <inheritdoc cref="Find(string, string)"/>
    public static NodeExecutable Find(string directory) => Find(directory, Node);

    /// <summary>
    /// A service in this folder: its own executable, which <c>ps</c> shows by its name, else its assembly.
    /// </summary>
    /// <param name="name">Of the assembly, without <c>.dll</c>.</param>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    public static NodeExecutable Find(string directory, string name)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var assembly = Path.Combine(directory, name + ".dll");
        if (!File.Exists(assembly))
        {
            throw new FileNotFoundException($"{name}.dll is missing in the launcher's folder; build Lab first.",
                assembly);
        }

        var program = Path.Combine(directory, name + suffix);
        return File.Exists(program)
            ? new NodeExecutable(program, [], RootOfDotnet)
            : new NodeExecutable(Path.Combine(RootOfDotnet, "dotnet" + suffix), [assembly], RootOfDotnet);
    }

    /// <summary>As every service is started: with its output to the launcher, and its pages at this address.</summary>
    internal ProcessStartInfo StartAt(Uri url)
    {
        var start = new ProcessStartInfo(FileName, Arguments)
        {
            WorkingDirectory = AppContext.BaseDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = DotnetRoot;
        start.Environment["StopWithInput"] = "true";
        start.Environment["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority);
        return start;
    }
}
