using Blockchain.Launching.Machine;
using Blockchain.Launching.Nodes;
using Blockchain.Trials;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Running;

namespace Blockchain.Network.Scenarios;

/// <summary>
/// A network on which the shipped scenario "healthy" has run: it was left alone for some time, and then nothing is made
/// any more. What each node blames others for is written down. The processes go on, for tests that disturb them.
/// </summary>
/// <param name="host">One of <see cref="HostNames"/>.</param>
/// <param name="time">How long it is left alone; null: as long as the scenario says.</param>
public abstract class NetworkRun(INetworkUnderTest network, string host, TimeSpan? time) : IAsyncLifetime
{
    public INetworkUnderTest Network => network;

    /// <summary>Of this machine, as long as the run is there.</summary>
    public MachineProbe Probe { get; } = new();

    /// <summary>What came of the scenario.</summary>
    public TrialResult Healthy { get; private set; } = null!;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PeerRecord> Records { get; private set; } = [];

    public IReadOnlyList<PeerRecord> Honest => [.. Records.Where(record => record.IsHonest)];

    public virtual async ValueTask InitializeAsync()
    {
        await network.StartAsync();
        var healthy = ShippedScenario("healthy");
        Healthy = await RunAsync(healthy with { Steps = [.. healthy.Steps.Select(Shortened)] });
        Records = await Task.WhenAll(network.Nodes.Select(PeerRecord.TakeAsync));
    }

    /// <summary>Runs a shipped scenario for the shipped network on this one as it is now.</summary>
    public Task<TrialResult> RunAsync(string scenario) => RunAsync(ShippedScenario(scenario));

    public virtual async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        Probe.Dispose();
        GC.SuppressFinalize(this);
    }

    private Step Shortened(Step step) =>
        time is { } alone && step.After > TimeSpan.Zero ? step with { After = alone } : step;

    private static Scenario ShippedScenario(string name)
    {
        var read = ScenarioFile.Load(
            Path.Combine(AppContext.BaseDirectory, "scenarios", $"{name}.json"), File.ReadAllBytes);
        Assert.Empty(read.Problems);
        return read.Scenario!;
    }

    private async Task<TrialResult> RunAsync(Scenario scenario)
    {
        var running = new NodesHost(
            host, scenario.Seed, network.Nodes, (_, _) => Task.CompletedTask, new NodeEventTape(null, null));
        await using (running)
        {
            return await new TrialRunner(scenario with { Network = network.Plan }, running)
                .RunAsync(stop: TestContext.Current.CancellationToken);
        }
    }
}
