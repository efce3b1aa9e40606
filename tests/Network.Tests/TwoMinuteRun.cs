using Blockchain.Lab.Network;

namespace Blockchain.Network.Tests;

/// <summary>
/// The shipped network with its default loss and latency, left alone for two minutes; then nothing is made any more,
/// and what each node has after at most fifteen seconds is written down. The processes go on, for tests that disturb
/// them.
/// </summary>
public sealed class TwoMinuteRun : IAsyncLifetime
{
    public static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RunTime = TimeSpan.FromMinutes(2);

    public TestNetwork Network { get; } = TestNetwork.OfShippedFile();

    /// <summary>From the end of generation until all honest peers had the same tip; null: not within its time.</summary>
    public TimeSpan? SettledAfter { get; private set; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PeerRecord> Records { get; private set; } = [];

    public IReadOnlyList<PeerRecord> Honest => [.. Records.Where(record => record.IsHonest)];

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

    public async ValueTask InitializeAsync()
    {
        await Network.StartAsync();
        await Eventually.HoldsAsync(
            "every node has run for two minutes", HasRunAsync, RunTime + TimeSpan.FromSeconds(30), Network.DescribeAsync);
        await Network.ForEachAsync(client => client.SetGenerationAsync(false));
        SettledAfter = await Eventually.TryAsync(
            () => TestNetwork.HaveSameTipAsync(Network.Honest), SettlingTime);
        Records = await Task.WhenAll(Network.Local.Nodes.Select(PeerRecord.TakeAsync));
    }

    public ValueTask DisposeAsync() => Network.DisposeAsync();

    private async Task<bool> HasRunAsync()
    {
        Assert.All(Network.Local.Nodes, node => Assert.Equal(NodeState.Up, node.State));
        var statuses = await Task.WhenAll(Network.Local.Nodes.Select(TestNetwork.StatusAsync));
        return statuses.All(status => status?.Uptime >= RunTime.TotalSeconds);
    }
}
