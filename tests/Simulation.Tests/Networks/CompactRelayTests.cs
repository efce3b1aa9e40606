using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Engine;
using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>
/// A star: one peer makes a block, and all others get it over its line, of ten megabits a second. Whatever they ask for,
/// and when, that line is busy for as long as its bytes take, and no longer.
/// </summary>
public class CompactRelayTests
{
    private const int Others = 40;
    private const int Whole = 500_000;
    private const int Compact = 20_000;
    private const double SecondsPerByte = 8 / 10e6;

    /// <summary>An announcement, a request, the block, what is lacking asked for, and that: each on its way.</summary>
    private const double Ways = 5 * 0.13;

    [Theory]
    [InlineData(true, 1, Compact + Whole)]
    [InlineData(true, 0, Compact)]
    [InlineData(false, 0, Whole)]
    public void LastArrival_OverOneLine_IsWhenItsBytesHaveGone(bool isCompact, double failure, int bytesEach)
    {
        var result = Run(isCompact, failure);
        var busy = Others * bytesEach * SecondsPerByte;
        var block = Assert.Single(result.Blocks);
        Assert.Equal(Others + 1, block.Reached);
        Assert.InRange(block.All!.Value, busy, busy + Ways);
    }

    [Fact]
    public void Bytes_OfWhatFollowsACompactBlock_AreAsMuchOfTheBlockAsIsMeasured() => Assert.Equal(
        (long)Others * (Compact + (Whole / 10)),
        Run(isCompact: true, failure: 1, repairShare: 0.1).Messages
            .Single(message => message.Type == MessageType.Block).Bytes);

    [Theory]
    [InlineData(true, 1, Compact + Whole)]
    [InlineData(true, 0, Compact)]
    [InlineData(false, 0, Whole)]
    public void Bytes_OfBlocks_AreThoseThatWereSent(bool isCompact, double failure, int bytesEach)
    {
        var blocks = Run(isCompact, failure).Messages.Single(message => message.Type == MessageType.Block);
        Assert.Equal(Others, blocks.Sent);
        Assert.Equal((long)Others * bytesEach, blocks.Bytes);
    }

    private static SimulationResult Run(bool isCompact, double failure, double repairShare = 1)
    {
        var settings = GeneratedNetwork.QuietPeers;
        var infos = Enumerable.Range(0, Others + 1)
            .Select(i => new PeerInfo(new PeerId($"{i}"), $"10.0.0.{i + 1}", 5000, false, false, -1)).ToArray();
        var ticks = SecondsPerByte * TimeSpan.TicksPerSecond;
        var peers = infos.Select((info, i) => new BuiltPeer(
            new PeerPlan { Info = info, Settings = settings },
            i == 0 ? [.. infos.Skip(1)] : [infos[0]],
            new LinkEnd
            {
                UploadTicks = i == 0 ? ticks : 0,
                UsesCompactRelay = true,
                CompactFailure = failure,
            }));
        var links = new LinkModel(new LinkFigures
        {
            Latency = new LatencyTable([[100]], factor: 1),
            BlockBytes = Whole,
            CompactBytes = isCompact ? Compact : null,
            RepairShare = repairShare,
        });
        var config = new SimulationConfig
        {
            Network = new GeneratedNetwork { Shape = NetworkShape.Regular, Peers = Others + 1, Settings = settings },
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(1) },
        };
        var run = new SimulationRun(config, new BuiltNetwork([.. peers], links));
        run.RunFor(TimeSpan.FromSeconds(1));
        run["0"].Apply(new Mine());
        return run.Run(cancellation: TestContext.Current.CancellationToken);
    }
}
