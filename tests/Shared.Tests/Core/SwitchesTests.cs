using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>What can be changed about a peer while it runs: loss, latency, load.</summary>
public sealed class SwitchesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Conditions_Changed_HoldForWhatIsSentFromThenOn()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(1)).Start();
        bench.Peer.Apply(bench.Now, new SetConditions(0, Second, Second));
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out _));
        bench.Peer.Apply(bench.Now, new SetConditions(1, TimeSpan.Zero, TimeSpan.Zero));
        bench.RunFor(Second - TimeSpan.FromTicks(1));
        Assert.Empty(bench.Sent<Inv>());

        bench.RunFor(TimeSpan.FromTicks(1));
        var lost = bench.Events.Drops.Count;
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out _));

        Assert.Single(bench.Sent<Inv>());
        Assert.Contains(
            bench.Events.Drops.Skip(lost), drop => drop is { Type: MessageType.Inv, Reason: DropReason.Loss });
    }

    [Theory]
    [InlineData(-0.1, 0, 1)]
    [InlineData(1.1, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(0, 2, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, 0, 36_000_001)]
    public void Conditions_Impossible_AreRefused(double loss, double min, double max)
    {
        var bench = new PeerBench(Make.Quiet, []);
        var before = bench.Peer.Conditions;

        var result = bench.Peer.Apply(
            bench.Now, new SetConditions(loss, TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max)));

        Assert.Equal(NetworkConditions.Rule, result.Refusal);
        Assert.Equal(before, bench.Peer.Conditions);
    }

    /// <summary>What is possible by itself may not be so together with what holds already.</summary>
    [Fact]
    public void Conditions_ImpossibleTogetherWithWhatHolds_AreRefused()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(1));
        Assert.Null(bench.Peer.Apply(bench.Now, new SetConditions(0.5) { Burst = 2 }).Refusal);
        Assert.Null(bench.Peer.Apply(bench.Now, new SetConditions(0.1) { To = PeerSet.Of("p00") }).Refusal);

        var refused = bench.Peer.Apply(bench.Now, new SetConditions(0.8));

        Assert.Equal(
            "a loss of 0.8 needs a burst of at least 4 messages, or of 1 for losses that do not depend on each other",
            refused.Refusal);
        Assert.NotNull(bench.Peer.Apply(bench.Now, new SetConditions(0.8) { To = PeerSet.Of("p00") }).Refusal);
        Assert.Null(bench.Peer.Apply(bench.Now, new SetConditions(0.8) { Burst = 4 }).Refusal);
        Assert.Equal(new NetworkConditions(0.8, default, 4), bench.Peer.Conditions);
    }

    [Fact]
    public void Conditions_ToldWhilePaused_SendNothing()
    {
        var bench = new PeerBench(Make.Quiet with { Capacity = new(0.01, 0.01), Fanout = 9 }, Make.Infos(9)).Start();
        Assert.True(bench.Peer.TryMakeBlock(bench.Now, out _));
        bench.Peer.Apply(bench.Now, new SetPaused(true));
        var before = bench.Events.Sents.Count;

        bench.Peer.Apply(bench.Now, new SetConditions { Capacity = 0 });
        bench.RunFor(Second);
        Assert.Equal(before, bench.Events.Sents.Count);
        bench.Peer.Apply(bench.Now, new SetPaused(false));
        bench.RunFor(Second);

        Assert.Equal(9, bench.Sent<Inv>().Select(sent => sent.To).Distinct().Count());
    }

    [Fact]
    public void Load_OfAnyRate_IsMade()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(3)).Start();

        Assert.Null(bench.Peer.Apply(bench.Now, new SetLoad(100, 10 * Second)).Refusal);
        bench.RunFor(10 * Second);
        var made = bench.Peer.Ledger.Pool.Count;
        bench.RunFor(10 * Second);

        Assert.InRange(made, 900, 1_100);
        Assert.Equal(made, bench.Peer.Ledger.Pool.Count);
        Assert.Equal(0, bench.Peer.Load);
    }

    /// <summary>A host looks at its clock when it gets to it.</summary>
    [Fact]
    public void Load_AboveTheRateOfTheHost_IsMadeAllTheSame()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(3)).Start();
        Assert.Null(bench.Peer.Apply(TimeSpan.Zero, new SetLoad(2_000)).Refusal);

        for (var now = TimeSpan.Zero; now <= Second; now += TimeSpan.FromMilliseconds(10))
        {
            bench.Peer.Advance(now);
        }

        // Two made at one moment may be the same, and then are one.
        Assert.InRange(bench.Events.Happenings.OfType<TransactionMade>().Count(), 1_500, 2_100);
    }

    [Fact]
    public void Load_DueWhileThePeerStoodStill_IsNotMadeUpFor()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(3)).Start();
        Assert.Null(bench.Peer.Apply(bench.Now, new SetLoad(100)).Refusal);

        bench.Peer.Advance(60 * Second);

        Assert.InRange(bench.Peer.Ledger.Pool.Count, 0, 1);
    }

    [Fact]
    public void Load_Ended_GivesWayToThePlan()
    {
        var bench = new PeerBench(Make.Quiet with { TransactionInterval = Second }, Make.Infos(3)).Start();
        Assert.Null(bench.Peer.Apply(bench.Now, new SetLoad(100)).Refusal);
        bench.RunFor(Second);
        Assert.Null(bench.Peer.Apply(bench.Now, new SetLoad(0)).Refusal);
        var before = bench.Peer.Ledger.Pool.Count;

        bench.RunFor(100 * Second);

        Assert.InRange(before, 80, 120);
        Assert.InRange(bench.Peer.Ledger.Pool.Count - before, 80, 120);
    }

    [Fact]
    public void Load_ReplacedByAnother_OutlivesTheTimeOfTheFirst()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(3)).Start();
        bench.Peer.Apply(bench.Now, new SetLoad(100, Second));
        bench.Peer.Apply(bench.Now, new SetLoad(50));

        bench.RunFor(10 * Second);

        Assert.Equal(50, bench.Peer.Load);
        Assert.InRange(bench.Peer.Ledger.Pool.Count, 450, 550);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(Peer.MaxLoad + 1)]
    public void Load_Impossible_IsRefused(double perSecond) => Assert.NotNull(
        new PeerBench(Make.Quiet, []).Peer.Apply(TimeSpan.Zero, new SetLoad(perSecond)).Refusal);

    [Fact]
    public void Load_OfALightPeer_IsRefused() => Assert.NotNull(
        new PeerBench(Make.Quiet, [], Make.Info("self", light: true)).Peer
            .Apply(TimeSpan.Zero, new SetLoad(1)).Refusal);
}
