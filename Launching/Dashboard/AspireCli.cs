using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Blockchain.Launching.Dashboard;

/// <summary>The <c>aspire</c> command, which has the dashboard within it.</summary>
/// <remarks>https://aspire.dev/get-started/install-cli/</remarks>
internal static class AspireCli
{
    private const string Name = "aspire";

    // 150 MB, over a line that may be slow.
    private static readonly TimeSpan DownloadPatience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where it is installed: on <c>PATH</c>, by its own script, or as a tool of dotnet; null: nowhere.
    /// </summary>
    public static string? Find()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Programs.Find(Name, Path.Combine(home, ".aspire", "bin"), Path.Combine(home, ".dotnet", "tools"));
    }

    /// <summary>
    /// Has npx put it where npx keeps packages, unless it is there; null where there is no npx or that fails.
    /// </summary>
    public static async Task<string?> GetByNpxAsync(CancellationToken cancellation)
    {
        if (Programs.Find("npx") is not { } npx)
        {
            return null;
        }

        var package = $"@microsoft/aspire-cli-{Platform()}";

        // The package declares no command that npx could run, so npx is asked where it is.
        var path = await AskAsync(npx, ["--yes", "--package", package, "node", "-p", "process.env.PATH"], cancellation);
        var program = Path.Combine(package, "bin", OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        return path?.Split(Path.PathSeparator)
            .Where(folder => Path.GetFileName(folder) == ".bin")
            .Select(folder => Path.GetFullPath(Path.Combine(folder, "..", program)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>As the packages are named: "linux-x64", "linux-musl-x64", "osx-arm64", "win-x64".</summary>
    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return $"{system}-{processor}";
    }

    /// <summary>What a program says; null if it fails or takes too long.</summary>
    private static async Task<string?> AskAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(DownloadPatience);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        process.BeginErrorReadLine();
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? said.Trim() : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }
}
