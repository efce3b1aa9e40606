using System.Diagnostics;

namespace Blockchain.AppHost.Tests;

/// <summary>The helm of this machine: the one that HELM names, or that is in the PATH.</summary>
internal static class Helm
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <exception cref="Exception">Skips the test where this machine has no helm.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var helm = Find();
        Assert.SkipWhen(helm is null, "There is no helm on this machine, in its PATH or under the name in HELM.");
        using var process = Process.Start(new ProcessStartInfo(helm, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Deadline);
            return (process.ExitCode, await output, await errors);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "helm.exe" : "helm"))
        .Prepend(Environment.GetEnvironmentVariable("HELM") ?? "")
        .FirstOrDefault(File.Exists);
}
