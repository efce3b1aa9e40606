using Blockchain.Launching.Machine;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.Network.Scenarios;

/// <summary>
/// A network that is left alone for some time, from when all its peers hear each other; then nothing is made any more,
/// and
/// what each node has when they have settled is written down. The processes go on, for tests that disturb them.
/// </summary>
/// <param name="time">How long it is left alone.</param>
public abstract class NetworkRun(INetworkUnderTest network, TimeSpan time) : IAsyncLifetime
{
    /// <summary>When all heard each other and the measuring began, Unix seconds.</summary>
    private double _from;

    public INetworkUnderTest Network => network;

    public TimeSpan RunTime => time;

    /// <summary>Each peer asks another one for headers so often.</summary>
    private TimeSpan ExchangeOfHeaders => network.Plan.Defaults.SyncInterval;

    /// <summary>Of this machine, as long as the run is there.</summary>
    public MachineProbe Probe { get; } = new();

    /// <summary>
    /// How busy the machine was while the network was left alone, and until all blocks were everywhere.
    /// </summary>
    public MachineReading Machine { get; private set; } = new([]);

    /// <summary>From the end of generation until all honest peers had the same tip; null: they never had.</summary>
    public TimeSpan? SettledAfter { get; private set; }

    /// <summary>How busy the machine was in that time.</summary>
    public MachineReading SettlingMachine { get; private set; } = new([]);

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

    /// <summary>
    /// Those of <see cref="HonestBlocks"/> by which speed can be measured: earlier ones had to wait for peers to start.
    /// </summary>
    public IReadOnlyList<Arrival> MeasuredBlocks => [.. HonestBlocks.Where(block => block.Timestamp >= _from)];

    public virtual async ValueTask InitializeAsync()
    {
        await network.StartAsync();
        await Eventually.HoldsAsync(
            "all honest peers hear each other",
            network.Honest().HearEachOtherAsync,
            network.Nodes.SightAsync,
            network.DescribeAsync);

        var start = Probe.Now;
        _from = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        await LeaveAloneAsync();
        await network.ForEachAsync(client => client.TellAsync(new SetGenerating(false)));

        var end = Probe.Now;
        SettledAfter = await Eventually.TryAsync(network.Honest().HaveSameTipAsync, network.Nodes.SightAsync);
        SettlingMachine = Probe.Read(end);

        // Blocks off the chain get about by the exchange of headers, which takes its time; a test says who lacks one.
        await Eventually.TryAsync(
            HaveSameBlocksAsync,
            async () => string.Join(' ', await CountBlocksAsync()),
            new Patience(ExchangeOfHeaders * 2, Patience.LongestWait));
        Machine = Probe.Read(start);
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

    private async Task<bool> HaveSameBlocksAsync() => (await CountBlocksAsync()).Distinct().Count() == 1;

    private async Task<int[]> CountBlocksAsync() =>
        [.. (await Task.WhenAll(
            network.Honest().Select(node => node.Client.ArrivalsAsync()))).Select(all => all.Length)];
}
