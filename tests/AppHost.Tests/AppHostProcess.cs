using System.Diagnostics;
using Blockchain.Launching;

namespace Blockchain.AppHost.Tests;

/// <summary>The AppHost as a process of its own, for what it does before or without running a network.</summary>
internal static class AppHostProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task<(int ExitCode, string Output, string[] Errors)> RunAsync(params string[] arguments)
    {
        var dotnet = Path.Combine(NodeExecutable.Find(AppContext.BaseDirectory).DotnetRoot, "dotnet");
        var start = new ProcessStartInfo(
            dotnet, [Path.Combine(AppContext.BaseDirectory, "Blockchain.AppHost.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Deadline);
            return (process.ExitCode, await output, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
