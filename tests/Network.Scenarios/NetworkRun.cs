using Blockchain.Launching.Machine;
using Blockchain.Shared;

namespace Blockchain.Network.Scenarios;

/// <summary>
/// A network that is left alone for some time, from when all its peers hear each other; then nothing is made any more,
/// and what each node has when they have settled is written down. The processes go on, for tests that disturb them.
/// </summary>
/// <param name="time">How long it is left alone.</param>
public abstract class NetworkRun(INetworkUnderTest network, TimeSpan time) : IAsyncLifetime
{
    public INetworkUnderTest Network => network;

    public TimeSpan RunTime => time;

    /// <summary>Of this machine, as long as the run is there.</summary>
    public MachineProbe Probe { get; } = new();

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PeerRecord> Records { get; private set; } = [];

    public IReadOnlyList<PeerRecord> Honest => [.. Records.Where(record => record.IsHonest)];

    public virtual async ValueTask InitializeAsync()
    {
        await network.StartAsync();
        await Eventually.HoldsAsync(
            "all honest peers hear each other",
            network.Honest().HearEachOtherAsync,
            network.Nodes.SightAsync,
            network.DescribeAsync);

        await LeaveAloneAsync();
        await network.ForEachAsync(client => client.TellAsync(new SetGenerating(false)));
        await Eventually.TryAsync(network.Honest().HaveSameTipAsync, network.Nodes.SightAsync);
        Records = await Task.WhenAll(network.Nodes.Select(PeerRecord.TakeAsync));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        Probe.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task LeaveAloneAsync()
    {
        var over = Probe.Now + RunTime;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (Probe.Now < over)
        {
            Assert.All(network.Nodes, node => Assert.True(node.IsRunning, $"{node.Plan.Id} does not run"));
            await timer.WaitForNextTickAsync();
        }
    }
}
