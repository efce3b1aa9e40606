using Blockchain.NodeApi;

namespace Blockchain.Network.Scenarios;

/// <summary>
/// A network that is left alone for some time; then nothing is made any more, and what each node has when they have
/// settled is written down. The processes go on, for tests that disturb them.
/// </summary>
/// <param name="time">How long it is left alone.</param>
public abstract class NetworkRun(INetworkUnderTest network, TimeSpan time) : IAsyncLifetime
{
    public static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(15);

    /// <summary>Between the first node's start and the last one's.</summary>
    private static readonly TimeSpan Stagger = TimeSpan.FromSeconds(30);

    public INetworkUnderTest Network => network;

    public TimeSpan RunTime => time;

    /// <summary>From the end of generation until all honest peers had the same tip; null: not within its time.</summary>
    public TimeSpan? SettledAfter { get; private set; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PeerRecord> Records { get; private set; } = [];

    public IReadOnlyList<PeerRecord> Honest => [.. Records.Where(record => record.IsHonest)];

    /// <summary>
    /// A third of the blocks that the honest full peers make on average in this time; fewer are no accident.
    /// </summary>
    public int FewestBlocks => (int)(Honest.Where(record => !record.Plan.Info.Light)
        .Sum(record => RunTime / record.Plan.Settings.BlockInterval) / 3);

    /// <summary>The blocks of honest makers that any honest peer has.</summary>
    public IReadOnlyList<Arrival> HonestBlocks
    {
        get
        {
            var honest = Honest;
            var makers = honest.Select(record => record.Id).ToHashSet();
            return
            [
                .. honest.SelectMany(record => record.Arrivals)
                    .Where(arrival => makers.Contains(arrival.Sender))
                    .DistinctBy(arrival => arrival.BlockId),
            ];
        }
    }

    public virtual async ValueTask InitializeAsync()
    {
        await network.StartAsync();
        await Eventually.HoldsAsync(
            $"every node has run for {RunTime.TotalSeconds} s", HasRunAsync, RunTime + Stagger, network.DescribeAsync);
        await network.ForEachAsync(client => client.SetGenerationAsync(false));
        SettledAfter = await Eventually.TryAsync(() => network.Honest().HaveSameTipAsync(), SettlingTime);

        // Blocks off the chain get about by the exchange of headers, which takes its time; a test says who lacks one.
        await Eventually.TryAsync(HaveSameBlocksAsync, SettlingTime);
        Records = await Task.WhenAll(network.Nodes.Select(PeerRecord.TakeAsync));
    }

    private async Task<bool> HaveSameBlocksAsync()
    {
        var arrivals = await Task.WhenAll(network.Honest().Select(node => node.Client.ArrivalsAsync()));
        return arrivals.Select(all => all.Length).Distinct().Count() == 1;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> HasRunAsync()
    {
        Assert.All(network.Nodes, node => Assert.True(node.IsRunning, $"{node.Plan.Id} does not run"));
        var statuses = await Task.WhenAll(network.Nodes.Select(node => node.StatusAsync()));
        return statuses.All(status => status?.Uptime >= RunTime.TotalSeconds);
    }
}
