using System.Diagnostics;
using System.Text.Json;
using Blockchain.Lab.Commands;
using Blockchain.Launching;

namespace Blockchain.Lab.Tests.Simulate;

/// <summary><c>simulate</c> as a user starts it, and stops it.</summary>
public sealed class SimulateSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task Simulate_ToldToStop_EndsWithTheResultsSoFar(int signal)
    {
        Assert.SkipWhen(signal == Signals.Interrupt && IgnoresInterrupt, "SIGINT is ignored here.");
        using var folder = new RunTestFolder();
        var run = folder.At("run");
        using var process = Start(
            "simulate", folder.Peers, "--for", "10000h", "--events", "--out", run, "--check", "none");
        await UntilAsync(() => new FileInfo(Path.Combine(run, "events.jsonl")) is { Exists: true, Length: > 0 });
        Signals.Send(process, signal);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(
            Patience, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        var manifest = JsonElement.Parse(
            await File.ReadAllBytesAsync(Path.Combine(run, "manifest.json"), TestContext.Current.CancellationToken));
        Assert.Equal("interrupted", manifest.GetProperty("outcome").GetString());
        Assert.True(File.ReadLines(Path.Combine(run, "blocks.csv")).Skip(1).Any());
        Assert.Contains("interrupted before its end", await File.ReadAllTextAsync(
            Path.Combine(run, "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.EndsWith("}", File.ReadLines(Path.Combine(run, "events.jsonl")).Last(), StringComparison.Ordinal);
    }

    /// <summary>A background job of a shell ignores SIGINT, and so do all processes that it starts.</summary>
    private static bool IgnoresInterrupt => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").First(
            line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var mask
        && (Convert.ToUInt64(mask[7..].Trim(), 16) & (1UL << (Signals.Interrupt - 1))) != 0;

    private static Process Start(params string[] arguments)
    {
        var dotnet = Path.Combine(NodeExecutable.Find(AppContext.BaseDirectory).DotnetRoot, "dotnet");
        return Process.Start(new ProcessStartInfo(
            dotnet, [Path.Combine(AppContext.BaseDirectory, "Blockchain.Lab.dll"), .. arguments])
        {
            RedirectStandardInput = true,
        })!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, "It has written nothing.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }
}
