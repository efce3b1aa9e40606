using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class ReconcileRuleTests
{
    private static readonly Transaction[] Txs = RuleBench.Transactions(160);

    [Fact]
    public void Transaction_GoesToOneNeighbourAtOnce_AndToThoseThatDoNotUnderstand()
    {
        var bench = RuleBench.Of("reconcile", Make.Infos(8)).Greeted("p00", "p01", "p02", "p03");
        bench.Receive("p00", Txs[0]);
        var told = bench.Sent<Transaction>().Select(sent => sent.To).ToList();
        Assert.Single(told, peer => string.CompareOrdinal(peer, "p04") < 0);
        Assert.Equal(3, told.Count(peer => string.CompareOrdinal(peer, "p04") >= 0));
    }

    [Fact]
    public void Rounds_CompareWithOneNeighbourEachSecond_InTurn()
    {
        var bench = RuleBench.Of("reconcile", Make.Infos(3)).Start().Greeted("p00", "p01", "p02");
        bench.RunFor(6);
        Assert.Equal(6, bench.Sent<RequestSketch>().Count);
        Assert.Equal(
            ["p00", "p01", "p02"], bench.Sent<RequestSketch>().Take(3).Select(sent => sent.To).Order());
    }

    /// <summary>Two peers that differ by few, in both directions, and by more than a sketch can tell.</summary>
    [Theory]
    [InlineData(20, 2, 3, true)]
    [InlineData(0, 0, 5, false)]
    [InlineData(40, 40, 40, false)]
    public void Comparison_OfTwoPeers_LeavesBothWithTheSame(int both, int one, int other, bool isRead)
    {
        var (left, right) = (Bench(1), Bench(2));
        foreach (var transaction in Txs[..both])
        {
            left.Receive("p01", transaction);
            right.Receive("p01", transaction);
        }

        foreach (var transaction in Txs[both..(both + one)])
        {
            left.Receive("p01", transaction);
        }

        foreach (var transaction in Txs[(both + one)..(both + one + other)])
        {
            right.Receive("p01", transaction);
        }

        Exchange(left, right);

        Assert.Equal(isRead, left.Sent<SketchDifference>().Concat(right.Sent<SketchDifference>())
            .Any(sent => sent.Message.IsSuccess));
        Assert.Equal(!isRead, left.Sent<Have>("p00").Concat(right.Sent<Have>("p00")).Any());
        Assert.Equal(both + one + other, left.Peer.Ledger.Pool.Count);
        Assert.Equal(both + one + other, right.Peer.Ledger.Pool.Count);
    }

    [Fact]
    public void Sketch_ThatNobodyAskedFor_IsDropped()
    {
        var bench = Bench(1);
        bench.Receive("p00", new Sketch(new PeerId("p00"), 5, [1, 2], bench.NextId()));
        bench.Receive("p00", new SketchDifference(new PeerId("p00"), 5, true, [1], bench.NextId()));
        Assert.Equal(
            [DropReason.NotAsked, DropReason.NotAsked], bench.Events.Drops.Select(drop => drop.Reason));
    }

    [Fact]
    public void Comparison_WithoutAnAnswer_IsTriedAgainWithTheSameSet()
    {
        var bench = Bench(1);
        foreach (var transaction in Txs[..10])
        {
            bench.Receive("p01", transaction);
        }

        bench.RunFor(20);
        var sizes = bench.Sent<RequestSketch>("p00").Select(sent => sent.Message.SetSize).ToList();
        Assert.True(sizes.Count > 1);
        Assert.Single(sizes.Distinct());
    }

    /// <summary>Six seconds in which each is p00 for the other, and nobody answers for the other two.</summary>
    private static void Exchange(PeerBench left, PeerBench right)
    {
        var (fromLeft, fromRight) = (0, 0);
        for (var tenths = 0; tenths < 60; tenths++)
        {
            while (fromLeft < left.Events.Sents.Count || fromRight < right.Events.Sents.Count)
            {
                fromLeft = Hand(left, fromLeft, right);
                fromRight = Hand(right, fromRight, left);
            }

            left.RunFor(0.1);
            right.RunFor(0.1);
        }
    }

    private static int Hand(PeerBench from, int first, PeerBench to)
    {
        var sents = from.Events.Sents.Skip(first).ToList();
        foreach (var sent in sents.Where(sent => sent.To.Value == "p00" && sent.Message is not Hello))
        {
            to.Receive("p00", sent.Message);
        }

        return first + sents.Count;
    }

    private static PeerBench Bench(ulong seed) =>
        RuleBench.Of("reconcile", Make.Infos(3), seed: seed).Start().Greeted("p00", "p01", "p02");
}
