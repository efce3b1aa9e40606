using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Sending;

/// <summary>Conditions of one pair of peers: of what goes to one next hop.</summary>
public sealed class PairTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Two gateways, and two peers behind them.</summary>
    private static readonly PeerInfo[] Behind =
    [
        Make.Info("gate1", network: 1),
        Make.Info("gate2", network: 1),
        Make.Info("far1", nat: true, network: 1),
        Make.Info("far2", nat: true, network: 1),
    ];

    [Fact]
    public void Loss_OfAPair_TouchesOnlyThatPair()
    {
        var bench = Bench(Make.Infos(3));
        Tell(bench, new SetConditions(1) { To = PeerSet.Of("p01") });

        Enumerable.Range(0, 3).ToList().ForEach(i => bench.Send(bench[i]));

        Assert.Equal(["p00", "p02"], To(bench));
        Assert.Equal("p01", Assert.Single(bench.Events.Drops).Peer.Value);
        Assert.Equal((0, 1), (bench.Outbox.Conditions.Loss, bench.Outbox.Pairs));
    }

    [Fact]
    public void Latency_OfAPair_TouchesOnlyThatPair()
    {
        var bench = Bench(Make.Infos(2));
        Tell(bench, new SetConditions(null, Second, Second) { To = PeerSet.Of("p00") });

        bench.Send(bench[0]);
        bench.Send(bench[1]);
        bench.RunFor(Second);

        Assert.Equal([("p01", 0), ("p00", 1)], bench.Events.Sents.Select(
            sent => (sent.To.Value, (int)sent.At.TotalSeconds)));
    }

    /// <summary>What is not given is as it is for all at that moment, and does not change with them later.</summary>
    [Fact]
    public void Pair_BeginsWithTheConditionsOfThePeer()
    {
        var bench = Bench(Make.Infos(1));
        Tell(bench, new SetConditions(0, Second, Second));
        Tell(bench, new SetConditions { Burst = 2, To = PeerSet.Of("p00") });
        Tell(bench, new SetConditions(1, TimeSpan.Zero, TimeSpan.Zero));

        bench.Send(bench[0]);
        bench.RunFor(Second);

        Assert.Equal(Second, Assert.Single(bench.Events.Sents).At);
    }

    [Fact]
    public void Pair_OfARelay_HoldsForWhatGoesOverIt()
    {
        var bench = Bench(Behind[..3]);
        Tell(bench, new SetConditions(1) { To = PeerSet.Of("gate1") });
        Tell(bench, new SetConditions(1) { To = PeerSet.Of("far1") });

        // gate1 comes first of two equal relays, by its id.
        bench.Send(bench[2]);
        Assert.Empty(bench.Events.Sents);
        Tell(bench, new SetConditions { Clear = true, To = PeerSet.Of("gate1") });
        bench.Send(bench[2]);

        Assert.Equal(["gate1"], To(bench));
    }

    [Fact]
    public void Capacity_OfAPair_LimitsThatPairOnly()
    {
        var bench = Bench(Make.Infos(2));
        Tell(bench, new SetConditions { Capacity = 2, To = PeerSet.Of("p00") });

        Enumerable.Range(0, 20).ToList().ForEach(i => bench.Send(bench[i % 2]));
        Assert.Equal((2, 10), Counts());
        bench.RunUntil((2 * Second) + TimeSpan.FromMilliseconds(1));
        Assert.Equal((6, 10), Counts());
        bench.RunUntil(5 * Second);
        Assert.Equal((10, 10), Counts());

        (int, int) Counts() => (To(bench).Count(to => to == "p00"), To(bench).Count(to => to == "p01"));
    }

    /// <summary>
    /// The first of those that wait for one slow relay would be first always, if each waited by itself.
    /// </summary>
    [Fact]
    public void Capacity_OfARelay_IsSharedByTheTargetsBehindIt()
    {
        var bench = Bench([Behind[0], .. Behind[2..]]);
        Tell(bench, new SetConditions { Capacity = 1, To = PeerSet.Of("gate1") });
        for (var i = 0; i < 10; i++)
        {
            bench.Send(bench[1]);
            bench.Send(bench[2]);
        }

        bench.RunUntil((7 * Second) + TimeSpan.FromMilliseconds(1));

        var targets = bench.Events.Sents.Select(sent => ((Relay)sent.Message).Target.Value).ToArray();
        Assert.Equal(8, targets.Length);
        Assert.Equal(4, targets.Count(target => target == "far1"));
    }

    /// <summary>What waits for a line that is slow takes another way as soon as there is a better one.</summary>
    [Fact]
    public void Capacity_OfARelayThatDies_KeepsNobodyFromTheNext()
    {
        var bench = Bench(Behind);
        Tell(bench, new SetConditions { Capacity = SetConditions.MinCapacity, To = PeerSet.Of("gate1") });
        bench.Send(bench[2]);
        bench.Send(bench[2]);
        Assert.Equal(["gate1"], To(bench));

        bench.Context.Table.SetStatus(bench[0], PeerStatus.Unreachable);
        bench.RunFor(Second);

        Assert.Equal(["gate1", "gate2"], To(bench));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1_000.0)]
    [InlineData(null)]
    public void Capacity_OfAPairRaisedOrCleared_LetsWhatWaitsGo(double? capacity)
    {
        var bench = Bench(Make.Infos(1));
        Tell(bench, new SetConditions { Capacity = SetConditions.MinCapacity, To = PeerSet.Of("p00") });
        for (var i = 0; i < 5; i++)
        {
            bench.Send(bench[0]);
        }

        Assert.Single(bench.Events.Sents);
        Tell(bench, new SetConditions { Capacity = capacity, Clear = capacity is null, To = PeerSet.Of("p00") });
        Assert.Single(bench.Events.Sents);
        bench.RunFor(TimeSpan.FromMilliseconds(10));

        Assert.Equal(5, bench.Events.Sents.Count);
    }

    [Fact]
    public void Capacity_Told_ReplacesWhatThePlanDrawsUntilItIsCleared()
    {
        var bench = new ContextBench(Make.Quiet with { Capacity = new(5, 10) }, Make.Infos(1));
        Tell(bench, new SetConditions { Capacity = 100 });
        bench.RunUntil(60 * Second);
        Assert.Equal((100, 100), (bench.Outbox.Capacity, bench.Outbox.ToldCapacity));
        Assert.Equal([100], bench.Capacities.Select(change => change.Capacity));

        Tell(bench, new SetConditions { Clear = true });
        Assert.InRange(bench.Outbox.Capacity, 5, 10);
        Assert.Null(bench.Outbox.ToldCapacity);
        bench.RunUntil(180 * Second);

        Assert.True(bench.Capacities.Count > 5, "It is drawn anew again.");
    }

    [Fact]
    public void Capacity_ToldWhileMessagesWait_HoldsForThem()
    {
        var bench = new ContextBench(Make.Quiet with { Capacity = new(0.01, 0.01) }, Make.Infos(1));
        for (var i = 0; i < 50; i++)
        {
            bench.Send(bench[0]);
        }

        bench.RunUntil(Second);
        Assert.Single(bench.Events.Sents);
        Tell(bench, new SetConditions { Capacity = 10 });
        bench.RunFor(3 * Second);

        Assert.InRange(bench.Events.Sents.Count, 28, 32);
    }

    [Fact]
    public void Clear_OfThePeer_LeavesThePairs()
    {
        var bench = new ContextBench(Make.Quiet with { DropProbability = 0.25 }, Make.Infos(1));
        Tell(bench, new SetConditions(0.5, Second, Second) { Burst = 3 });
        Tell(bench, new SetConditions(0) { To = PeerSet.Of("p00") });

        Tell(bench, new SetConditions { Clear = true });

        Assert.Equal(new NetworkConditions(0.25, default), bench.Outbox.Conditions);
        Assert.Equal(1, bench.Outbox.Pairs);
        bench.Send(bench[0]);
        bench.RunFor(Second);
        Assert.Equal(Second, Assert.Single(bench.Events.Sents).At);
        Tell(bench, new SetConditions { Clear = true, To = PeerSet.Of("p00", "p09") });
        Assert.Equal(0, bench.Outbox.Pairs);
    }

    /// <summary>The limits of a pair and of a target hold both.</summary>
    [Fact]
    public void Capacity_OfAPair_HoldsBesideTheLimitOfATarget()
    {
        var bench = new ContextBench(Make.Quiet with { SendLimit = new(1, 2 * Second) }, Make.Infos(2));
        Tell(bench, new SetConditions { Capacity = 100, To = PeerSet.Of("p00") });
        Tell(bench, new SetConditions { Capacity = 0.1, To = PeerSet.Of("p01") });
        for (var i = 0; i < 20; i++)
        {
            bench.Send(bench[i % 2]);
        }

        bench.RunUntil((11 * Second) + TimeSpan.FromMilliseconds(10));

        Assert.Equal((6, 2), (To(bench).Count(to => to == "p00"), To(bench).Count(to => to == "p01")));
    }

    private static ContextBench Bench(PeerInfo[] known) => new(Make.Quiet, known);

    private static void Tell(ContextBench bench, SetConditions change)
    {
        Assert.Null(bench.Outbox.Problem(change));
        bench.Outbox.Change(bench.Now, change);
    }

    private static string[] To(ContextBench bench) => [.. bench.Events.Sents.Select(sent => sent.To.Value)];
}
