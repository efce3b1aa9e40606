using System.Net;
using System.Net.Sockets;

namespace Blockchain.Network.Tests;

/// <summary>The page of the whole network, as a part of <c>Lab up</c>.</summary>
public sealed class LauncherObservatoryTests
{
    [Fact]
    public async Task Up_Network_HasAnObservatoryThatEndsWithIt()
    {
        await using var launcher = await RunningLauncher.UpAsync();
        Assert.StartsWith("Observatory ", launcher.Process.Output, StringComparison.Ordinal);
        var page = new Uri(launcher.Said("Observatory"));
        Assert.True(await launcher.AnswersAsync(new Uri(page, "health")));
        Assert.True(await launcher.AnswersAsync(page));
        Assert.Single(ObservatoriesOf(launcher));

        await launcher.StopAsync();
        Assert.Equal(0, launcher.Process.ExitCode);
        Assert.False(await launcher.AnswersAsync(new Uri(page, "health")));
        Assert.Empty(ObservatoriesOf(launcher));
    }

    [Fact]
    public async Task Up_Killed_TakesTheObservatoryWithIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finding what a launcher has started needs /proc.");
        await using var launcher = await RunningLauncher.UpAsync();
        Assert.Single(ObservatoriesOf(launcher));
        launcher.Process.Kill();
        await launcher.EventuallyAsync("it has ended", () => !ObservatoriesOf(launcher).Any());
    }

    [Fact]
    public async Task Up_ObservatoryDies_SaysSoAndGoesOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finding what a launcher has started needs /proc.");
        await using var launcher = await RunningLauncher.UpAsync();
        using (var process = System.Diagnostics.Process.GetProcessById(ObservatoriesOf(launcher).Single()))
        {
            process.Kill();
        }

        await launcher.EventuallyAsync(
            "its death is told", () => launcher.Process.Output.Contains(
                "the Observatory died", StringComparison.Ordinal));
        Assert.Equal(launcher.Network.Plan.Peers.Count, launcher.Nodes.Count());

        await launcher.StopAsync();
        Assert.Equal(0, launcher.Process.ExitCode);
    }

    [Fact]
    public async Task Up_PortOfTheObservatoryIsTaken_TakesAnotherAndSaysWhich()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var taken = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var launcher = await RunningLauncher.UpAsync("--observatory-port", $"{taken}");
        var page = new Uri(launcher.Said("Observatory"));
        Assert.NotEqual(taken, page.Port);
        Assert.True(await launcher.AnswersAsync(page));
    }

    [Fact]
    public async Task Up_NoObservatory_HasNone()
    {
        await using var launcher = await RunningLauncher.UpAsync("--no-observatory");
        Assert.DoesNotContain("Observatory", launcher.Process.Output, StringComparison.Ordinal);
        Assert.Empty(ObservatoriesOf(launcher));
    }

    private static IEnumerable<int> ObservatoriesOf(RunningLauncher launcher) =>
        RunningProcesses.With("Observatory__File", launcher.Network.File);
}
