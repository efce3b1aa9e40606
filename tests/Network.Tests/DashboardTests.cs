using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>The standalone Aspire dashboard, as a part of <c>Lab up</c>.</summary>
public sealed class DashboardTests
{
    private static readonly string[] Options = ["--no-observatory", "--dashboard"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Up_Dashboard_IsWhereTheNodesSendTheirTelemetryAndEndsWithThem(bool byNpx)
    {
        SkipWithoutShellOrProc();
        using var aspire = new FakeAspire().ThatServes();
        await using var launcher = RunningLauncher.Start((byNpx ? aspire.FromNpx() : aspire).Environment, Options);
        await launcher.Process.UntilAllUpAsync(RunningLauncher.StartTime);

        var page = new Uri(launcher.Said("dashboard"));
        Assert.Equal(page, new Uri(aspire.Option("--frontend-url")));
        Assert.True(await launcher.AnswersAsync(page));
        Assert.Single(aspire.Servers);
        var told = launcher.Nodes.Select(RunningProcesses.EnvironmentOf).ToArray();
        Assert.All(told, node => Assert.Contains($"OTEL_EXPORTER_OTLP_ENDPOINT={aspire.Option("--otlp-grpc-url")}",
            node));
        Assert.All(told, node => Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL=grpc", node));
        Assert.Equal(
            launcher.Network.Plan.Peers.Select(peer => $"OTEL_SERVICE_NAME={ServiceNames.OfPeer(peer.Id)}").Order(),
            told.Select(
                node => node.Single(one => one.StartsWith("OTEL_SERVICE_NAME=", StringComparison.Ordinal))).Order());

        await launcher.StopAsync();
        Assert.Equal(0, launcher.Process.ExitCode);
        Assert.Empty(aspire.Servers);
    }

    [Fact]
    public async Task Up_Killed_TakesTheDashboardWithIt()
    {
        SkipWithoutShellOrProc();
        using var aspire = new FakeAspire().ThatServes();
        await using var launcher = RunningLauncher.Start(aspire.Environment, Options);
        await launcher.Process.UntilAllUpAsync(RunningLauncher.StartTime);
        Assert.Single(aspire.Servers);
        launcher.Process.Kill();
        await launcher.EventuallyAsync("it has ended", () => !aspire.Servers.Any());
    }

    [Fact]
    public async Task Up_NeitherAspireNorNpx_RefusesInOneLine()
    {
        SkipWithoutShellOrProc();
        using var nothing = new FakeAspire();
        await AssertRefusedAsync(nothing, "--dashboard needs the Aspire CLI");
    }

    [Fact]
    public async Task Up_AspireFails_RefusesWithItsLastWords()
    {
        SkipWithoutShellOrProc();
        using var aspire = new FakeAspire().ThatFails("no room for a dashboard");
        await AssertRefusedAsync(aspire, "ended with code 7: no room for a dashboard");
    }

    [Fact]
    public async Task Up_RealDashboard_AnswersAndEndsWithTheNetwork()
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        string[] places =
        [
            .. System.Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator),
            Path.Combine(home, ".aspire", "bin"),
            Path.Combine(home, ".dotnet", "tools"),
        ];
        Assert.SkipUnless(
            places.Any(place => File.Exists(Path.Combine(place, "aspire"))), "No aspire command is installed.");
        await using var launcher = await RunningLauncher.UpAsync(Options);
        var page = new Uri(launcher.Said("dashboard"));
        Assert.True(await launcher.AnswersAsync(page));
        await launcher.StopAsync();
        Assert.Equal(0, launcher.Process.ExitCode);
        Assert.False(await launcher.AnswersAsync(page));
    }

    private static async Task AssertRefusedAsync(FakeAspire aspire, string expected)
    {
        await using var launcher = RunningLauncher.Start(aspire.Environment, Options);
        await launcher.Process.UntilEndAsync(RunningLauncher.StartTime);
        Assert.Equal(2, launcher.Process.ExitCode);
        Assert.Contains(expected, Assert.Single(launcher.Process.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(launcher.Nodes);
    }

    private static void SkipWithoutShellOrProc() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux(), "It needs a shell, and /proc to find what a launcher has started.");
}
