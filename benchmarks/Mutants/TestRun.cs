using System.Diagnostics;

namespace Blockchain.Benchmarks.Mutants;

/// <summary>The tests in a process of their own, which a mutant may make run for ever or fill its memory.</summary>
internal static class TestRun
{
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>What failed first; null: all passed.</returns>
    public static string? Run(string program, IEnumerable<string> filters)
    {
        var start = new ProcessStartInfo(program, ["-noColor", "-noLogo", "-stopOnFail", .. filters])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x60000000";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(Pause))
        {
            if (watch.Elapsed > MostTime || ProcessorTime(process) > MostProcessorTime)
            {
                process.Kill(entireProcessTree: true);
                return "it does not end";
            }
        }

        process.WaitForExit();
        _ = errors.Result;
        return process.ExitCode == 0 ? null : Failure(output.Result) ?? $"exit code {process.ExitCode}";
    }

    private static TimeSpan ProcessorTime(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It has ended just now.
            return TimeSpan.Zero;
        }
    }

    private static string? Failure(string output) => output.Split('\n')
        .Select(line => line.Trim())
        .FirstOrDefault(line => line.EndsWith("[FAIL]", StringComparison.Ordinal))?[..^"[FAIL]".Length].Trim();
}
