using System.Net;
using System.Net.Sockets;
using Blockchain.Launching;
using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

/// <summary>What <c>Lab up</c> leaves behind, and when it starts nothing at all.</summary>
public sealed class LauncherTests
{
    private const int Killed = 128 + 9;

    // A launcher is the same for few peers as for many, and these start and stop quickly.
    private static readonly string[] Few = ["5000", "5002", "5005"];

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task Up_Signalled_StopsEveryProcessAndExitsWithZero(int signal)
    {
        Assert.SkipWhen(signal == Signals.Interrupt && LauncherProcess.IgnoresInterrupt, "SIGINT is ignored here.");
        await using var network = TestNetwork.OfShippedFile(Few);
        using var launcher = Up(network);
        await launcher.UntilAllUpAsync(RunningLauncher.StartTime);
        Assert.Equal(Few.Length * 2, Preflight.Check(network.Plan).TakenPorts.Count);

        launcher.Signal(signal);
        await launcher.UntilEndAsync(RunningLauncher.EndTime);

        Assert.Equal(0, launcher.ExitCode);
        Assert.Contains("stopped after", launcher.Output, StringComparison.Ordinal);
        Assert.Empty(launcher.ErrorLines);
        Assert.True(Preflight.Check(network.Plan).IsClear);
        Assert.Empty(NodesOf(network));
    }

    [Fact]
    public async Task Up_NodesGetTheInterruptOfTheTerminalToo_GoOnUntilTheLauncherStopsThem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finding a launcher's nodes needs /proc.");
        Assert.SkipWhen(LauncherProcess.IgnoresInterrupt, "SIGINT is ignored here.");
        await using var network = TestNetwork.OfShippedFile(Few);
        using var launcher = Up(network);
        await launcher.UntilAllUpAsync(RunningLauncher.StartTime);

        foreach (var node in NodesOf(network))
        {
            using var process = System.Diagnostics.Process.GetProcessById(node);
            Signals.Send(process, Signals.Interrupt);
        }

        launcher.Signal(Signals.Interrupt);
        await launcher.UntilEndAsync(RunningLauncher.EndTime);
        Assert.Equal(0, launcher.ExitCode);
        Assert.DoesNotContain("died", launcher.Output, StringComparison.Ordinal);
        Assert.Empty(NodesOf(network));
    }

    [Fact]
    public async Task Up_TimeIsOver_ExitsWithZero()
    {
        await using var network = TestNetwork.OfShippedFile(Few);
        using var launcher = Up(network, "--for", "3s");
        await launcher.UntilEndAsync(RunningLauncher.StartTime);
        Assert.Equal(0, launcher.ExitCode);
        Assert.True(Preflight.Check(network.Plan).IsClear);
    }

    [Fact]
    public async Task Up_Killed_TakesItsNodesWithIt()
    {
        await using var network = TestNetwork.OfShippedFile(Few);
        using var launcher = Up(network);
        await launcher.UntilAllUpAsync(RunningLauncher.StartTime);

        launcher.Kill();
        await launcher.UntilEndAsync(RunningLauncher.EndTime);

        Assert.Equal(Killed, launcher.ExitCode);
        await Eventually.HoldsAsync(
            "no node is left",
            () => Task.FromResult(Preflight.Check(network.Plan).IsClear && !NodesOf(network).Any()),
            RunningLauncher.EndTime,
            () => Task.FromResult(string.Join(' ', NodesOf(network))));
    }

    [Fact]
    public async Task Up_NodeDies_SaysSoAndGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finding a launcher's nodes needs /proc.");
        await using var network = TestNetwork.OfShippedFile(Few);
        using var launcher = Up(network);
        await launcher.UntilAllUpAsync(RunningLauncher.StartTime);

        using (var process = System.Diagnostics.Process.GetProcessById(NodesOf(network).First()))
        {
            process.Kill();
        }

        await Eventually.HoldsAsync(
            "the death is told",
            () => Task.FromResult(launcher.Output.Contains("died", StringComparison.Ordinal)),
            RunningLauncher.EndTime,
            () => Task.FromResult(launcher.Output));
        Assert.Equal(Few.Length - 1, NodesOf(network).Count());

        launcher.Signal(Signals.Terminate);
        await launcher.UntilEndAsync(RunningLauncher.EndTime);
        Assert.Equal(0, launcher.ExitCode);
    }

    [Theory]
    [InlineData("{ \"peers\": {")]
    [InlineData("{ \"peers\": { \"1\": { \"ip\": \"127.9.9.9\", \"port\": 70000 } } }")]
    public async Task Up_BrokenFile_RefusesInOneLine(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            await AssertRefusedAsync(file, "$");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public Task Up_NoFile_RefusesInOneLine() =>
        AssertRefusedAsync(Path.Combine(Path.GetTempPath(), "no-such-peers.json"), "no-such-peers.json");

    [Fact]
    public async Task Up_TakenPort_RefusesInOneLineAndStartsNothing()
    {
        await using var network = TestNetwork.OfShippedFile(Few);
        var info = network.Plan.Peers[1].Info;
        using var holder = new TcpListener(IPAddress.Parse(info.Ip), info.Port);
        holder.Start();

        await AssertRefusedAsync(network.File, $"{info.Ip}:{info.Port} of peer {info.Id}", Options(network));
        Assert.Single(Preflight.Check(network.Plan).TakenPorts);
    }

    private static LauncherProcess Up(TestNetwork network, params string[] options) =>
        LauncherProcess.Start(["up", network.File, .. Options(network), .. options]);

    private static string[] Options(TestNetwork network) =>
        ["--no-observatory", "--addresses", network.Addresses == AddressMode.Single ? "single" : "own"];

    private static async Task AssertRefusedAsync(string file, string expected, params string[] options)
    {
        using var launcher = LauncherProcess.Start(["up", file, .. options]);
        await launcher.UntilEndAsync(RunningLauncher.StartTime);
        Assert.Equal(2, launcher.ExitCode);
        Assert.Contains(expected, Assert.Single(launcher.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(launcher.Output);
    }

    private static IEnumerable<int> NodesOf(TestNetwork network) => RunningProcesses.With("Node__File", network.File);
}
