using Blockchain.Events.Messages;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Tests.Networks;

namespace Blockchain.Simulation.Tests.Messages;

/// <summary>The way of each block to each peer, in networks of every kind.</summary>
public sealed class SpreadPathTests(ITestOutputHelper output)
{
    public static TheoryData<string, ulong> Networks =>
    [
        .. from name in Changes.Keys from seed in new ulong[] { 1, 2, 3 } select (name, seed),
    ];

    private static Dictionary<string, Func<PeerPlan, PeerPlan>> Changes { get; } = new()
    {
        ["shipped"] = peer => peer,
        ["honest, without loss or limits"] = peer => With(peer, settings => settings with
        {
            DropProbability = 0, SendLimit = RateLimit.None, Capacity = default,
        }) with { Malicious = false },
        ["a third is lost"] = peer => With(peer, settings => settings with { DropProbability = 0.3 }),
        ["six messages a second"] = peer => With(peer, settings => settings with { Capacity = new(6, 6) }),
        ["push"] = peer => With(peer, settings => settings with { Relay = "push" }),
        ["flood"] = peer => With(peer, settings => settings with { Relay = "flood" }),
    };

    [Theory, MemberData(nameof(Networks))]
    public void Parts_OfEachWay_AddUpToItsDelay(string network, ulong seed)
    {
        var run = Run(network, seed);
        var ways = 0;
        foreach (var made in run.Events.OfType<BlockMade>().Where(made => !made.IsFalse))
        {
            foreach (var (peer, arrival) in run.History.Arrivals(made.Block))
            {
                if (peer != made.Peer)
                {
                    AssertAddsUp(PathFinder.Find(run.History, made.Block, peer)!, made, arrival);
                    ways++;
                }
            }
        }

        Assert.True(ways > 100, $"{ways} ways");
    }

    [Fact]
    public void Parts_AreOfTheKindsThatTheNetworkHas()
    {
        // Nobody refuses anything there either: who is taken for a liar is not answered, and waits for nothing.
        var quiet = Sums("honest, without loss or limits");
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (quiet[DelayKind.Queue], quiet[DelayKind.Loss]));
        Assert.True(quiet[DelayKind.Latency] > TimeSpan.Zero && quiet[DelayKind.Patience] > TimeSpan.Zero);

        var lossy = Sums("a third is lost");
        Assert.True(lossy[DelayKind.Loss] > lossy[DelayKind.Latency] / 4, $"{lossy[DelayKind.Loss]}");

        var narrow = Sums("six messages a second");
        Assert.True(narrow[DelayKind.Queue] > narrow[DelayKind.Latency], $"{narrow[DelayKind.Queue]}");
    }

    [Theory, MemberData(nameof(Networks))]
    public void Arrows_OfARun_AreAsManyAsWereTold(string network, ulong seed)
    {
        var run = Run(network, seed);
        var told = run.Events.OfType<MessageTraced>().ToLookup(one => one.Stage);
        var arrows = run.History.Arrows;

        Assert.Equal(told[MessageStage.Sent].Count(), arrows.Count(arrow => arrow.Sent is not null));
        Assert.Equal(told[MessageStage.Received].Count(), arrows.Count(arrow => arrow.HasArrived));
        Assert.Equal(told[MessageStage.Dropped].Count(), arrows.Count(arrow => arrow.End == ArrowEnd.Lost));
        Assert.All(arrows, arrow => Assert.True(arrow.IsToldBySender, arrow.ToString()));
        Assert.All(arrows.Where(arrow => arrow.HasArrived), arrow => Assert.True(
            arrow.Queued <= arrow.Left && arrow.Left <= arrow.Sent && arrow.Sent <= arrow.Received,
            $"{arrow.Queued} {arrow.Left} {arrow.Sent} {arrow.Received} {arrow}"));
    }

    [Fact]
    public void Transactions_OfARun_HaveWaysToo()
    {
        var run = Run("shipped", seed: 1);
        var made = run.Events.OfType<TransactionMade>().First();

        var way = PathFinder.Find(run.History, made.Transaction)!;

        Assert.True(way.IsComplete);
        Assert.Equal((made.Peer, made.Time), (way.From, way.Begin));
        Assert.Equal(run.History.Arrivals(made.Transaction).Values.Max(one => one.Time), way.End);
        Assert.Equal(way.Delay, SumOfAll(way));
    }

    private static void AssertAddsUp(SpreadPath way, BlockMade made, Arrival arrival)
    {
        var text = string.Join('\n', way.Parts.Select(
            part => $"{part.Kind} {(part.From - made.Time).TotalSeconds:0.000} "
                + $"{part.Length.TotalSeconds:0.000} {part.At} {part.Why}"));
        Assert.True(way.IsComplete, $"{made.Block} {arrival}\n{text}");
        Assert.Equal((made.Peer, made.Time), (way.From, way.Begin));
        Assert.Equal((arrival.Peer, arrival.Time), (way.To, way.End));
        Assert.Equal(arrival.Time - made.Time, way.Delay);
        Assert.Equal(way.Delay, SumOfAll(way));
        Assert.True(way.Sum(DelayKind.Untold) == TimeSpan.Zero, $"{made.Block} {arrival}\n{text}");
        var at = made.Time;
        foreach (var part in way.Parts)
        {
            Assert.True(part.From == at && part.To >= part.From, text);
            at = part.To;
        }

        for (var i = 1; i < way.Hops.Length; i++)
        {
            Assert.Equal(way.Hops[i - 1].To, way.Hops[i].From);
        }
    }

    private static TimeSpan SumOfAll(SpreadPath way) =>
        Enum.GetValues<DelayKind>().Aggregate(TimeSpan.Zero, (sum, kind) => sum + way.Sum(kind));

    private Dictionary<DelayKind, TimeSpan> Sums(string network)
    {
        var run = Run(network, seed: 1);
        var sums = Enum.GetValues<DelayKind>().ToDictionary(kind => kind, _ => TimeSpan.Zero);
        foreach (var made in run.Events.OfType<BlockMade>().Where(made => !made.IsFalse))
        {
            foreach (var part in PathFinder.Find(run.History, made.Block)?.Parts ?? [])
            {
                sums[part.Kind] += part.Length;
            }
        }

        var text = string.Join(", ", sums.Select(sum => $"{sum.Key} {sum.Value.TotalSeconds:0.00}"));
        output.WriteLine($"{network}: {text}");
        return sums;
    }

    private static PeerPlan With(PeerPlan peer, Func<PeerSettings, PeerSettings> change) =>
        peer with { Settings = change(peer.Settings) };

    private static TracedRun Run(string network, ulong seed)
    {
        var plan = new NetworkPlan(Shipped.Plan().Peers.Select(Changes[network]));
        var config = new SimulationConfig
        {
            Network = new PlannedNetwork(plan),
            Seed = seed,
            Stop = new StopCondition { Duration = TimeSpan.FromDays(1) },
        };
        return new TracedRun(config, TimeSpan.FromMinutes(3));
    }
}
