using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class BlockRequestsTests
{
    private static readonly PeerSettings Settings = Make.Quiet with { RequestTimeout = TimeSpan.FromSeconds(2) };

    private readonly PeerBench _bench = new(Settings, Make.Infos(4));

    [Fact]
    public void Inv_OfAnUnknownBlock_AsksItsSenderOnce()
    {
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        Assert.Equal(["p00"], Asked("x"));
    }

    [Fact]
    public void Inv_OfAKnownBlock_AsksNobody()
    {
        _bench.Receive("p00", Make.Block("x"));
        _bench.ReceiveInv("p01", "x");
        Assert.Empty(_bench.Sent<GetBlock>());
        Assert.Contains((MessageType.Inv, new PeerId("p01")), _bench.Events.Redundants);
    }

    [Fact]
    public void NoAnswer_EachTimeout_AsksTheNextSourceFiveTimesInAll()
    {
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        _bench.RunFor(60);

        Assert.Equal(["p00", "p01", "p00", "p01", "p00"], Asked("x"));
        Assert.Equal([0, 2, 4, 6, 8], _bench.Sent<GetBlock>().Select(ask => ask.At.TotalSeconds));
        var drop = Assert.Single(_bench.Events.Drops);
        Assert.Equal(
            (TimeSpan.FromSeconds(10), MessageType.GetBlock, DropReason.Expired), (drop.At, drop.Type, drop.Reason));

        // Given up, not forbidden.
        _bench.ReceiveInv("p02", "x");
        Assert.Equal("p02", Asked("x")[^1]);
    }

    [Fact]
    public void NoAnswer_MeasuredSource_GetsTwoRoundTripsMore()
    {
        _bench.Remote("p00").AddRoundTrip(TimeSpan.FromSeconds(0.5));
        _bench.ReceiveInv("p00", "x");
        _bench.RunFor(60);
        Assert.Equal([0, 3, 6, 9, 12], _bench.Sent<GetBlock>().Select(ask => ask.At.TotalSeconds));
    }

    /// <summary>It was starting when its round-trip time was measured, and now answers at once.</summary>
    [Fact]
    public void NoAnswer_SourceThatAnsweredFasterThanMeasured_IsLeftWhenItsTimeIsUp()
    {
        _bench.Remote("p00").AddRoundTrip(TimeSpan.FromSeconds(5));
        _bench.ReceiveInv("p00", "a");
        _bench.RunFor(0.1);
        _bench.Receive("p00", Make.Block("a"));

        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        _bench.RunFor(2.1);
        Assert.Equal(["p00"], Asked("x"));
        _bench.RunFor(0.2);
        Assert.Equal(["p00", "p01"], Asked("x"));
    }

    /// <summary>Who sends a block right behind its INV would else look near, and be chosen as a relay.</summary>
    [Fact]
    public void Answer_OnItsWayBeforeItWasAskedFor_LeavesTheRoundTripTimeAlone()
    {
        _bench.Remote("p00").AddRoundTrip(TimeSpan.FromSeconds(5));
        _bench.ReceiveInv("p00", "a");
        _bench.Receive("p00", Make.Block("a"));
        Assert.Equal(TimeSpan.FromSeconds(5), _bench.Remote("p00").RoundTripTime);
    }

    [Fact]
    public void NoAnswer_SourceMeasuredWhileItWasStarting_IsLeftWithin8Timeouts()
    {
        _bench.Remote("p00").AddRoundTrip(TimeSpan.FromSeconds(20));
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        _bench.RunFor(60);
        Assert.Equal([0, 16, 18], _bench.Sent<GetBlock>().Select(ask => ask.At.TotalSeconds).Take(3));
    }

    [Fact]
    public void NoAnswer_SourceBannedOrAway_AsksTheOneThatIsLeft()
    {
        foreach (var source in (string[])["p00", "p01", "p02"])
        {
            _bench.ReceiveInv(source, "x");
        }

        _bench.Peer.Table.Ban(_bench.Remote("p01"));
        _bench.Peer.Table.SetStatus(_bench.Remote("p00"), PeerStatus.Unreachable);
        _bench.RunFor(60);
        Assert.Equal(["p00", "p02", "p02", "p02", "p02"], Asked("x"));
    }

    [Fact]
    public void Answer_FromAnybody_EndsTheRequest()
    {
        _bench.ReceiveInv("p00", "x");
        _bench.RunFor(1);
        _bench.Receive("p03", Make.Block("x"));
        _bench.RunFor(60);
        Assert.Single(Asked("x"));
        Assert.Empty(_bench.Events.Drops);
    }

    [Fact]
    public void ManyBlocks_Wanted_AreAskedForWindowByWindow()
    {
        var names = Enumerable.Range(0, 100).Select(i => $"b{i}").ToArray();
        _bench.ReceiveInv("p00", names);
        Assert.Equal(32, Assert.Single(_bench.Sent<GetBlock>()).Message.BlockIds.Count);

        for (var i = 0; i < names.Length; i++)
        {
            _bench.Receive("p00", Make.Block(names[i], i == 0 ? null : names[i - 1]));
            var asked = _bench.Sent<GetBlock>().Sum(ask => ask.Message.BlockIds.Count);
            Assert.Equal(Math.Min(names.Length, 32 + i + 1), asked);
        }

        _bench.RunFor(60);
        Assert.Equal(names.Select(Make.Hash), _bench.Sent<GetBlock>().SelectMany(ask => ask.Message.BlockIds));
        Assert.Equal(100, _bench.Peer.Ledger.Chain.Height);
    }

    [Fact]
    public void SlowSource_StillDelivering_IsNotAskedAgain()
    {
        _bench.ReceiveInv("p00", "a", "b", "c");
        _bench.RunFor(1.5);
        _bench.Receive("p00", Make.Block("a"));
        _bench.RunFor(1.5);
        _bench.Receive("p00", Make.Block("b", "a"));
        _bench.RunFor(1.5);
        _bench.Receive("p00", Make.Block("c", "b"));
        _bench.RunFor(60);
        Assert.Single(_bench.Sent<GetBlock>());
    }

    /// <summary>
    /// It answers in the order in which it is asked: what it was asked before, and did not deliver, is lost.
    /// </summary>
    [Fact]
    public void SourceThatDeliversWhatItWasAskedLater_HasLostTheQuestionBefore()
    {
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        for (var i = 0; i < 9; i++)
        {
            _bench.ReceiveInv("p00", $"b{i}");
            _bench.RunFor(0.2);
            _bench.Receive("p00", Make.Block($"b{i}"));
        }

        Assert.Equal(["p00"], Asked("x"));
        _bench.RunFor(0.5);
        Assert.Equal(["p00", "p01"], Asked("x"));
    }

    /// <summary>Blocks that nobody asked for are no sign that it works at what it was asked for.</summary>
    [Fact]
    public void SourceThatDeliversWhatNobodyAskedFor_HasLostTheQuestion()
    {
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        _bench.RunFor(1.5);
        _bench.Receive("p00", Make.Block("unasked"));
        _bench.RunFor(0.6);
        Assert.Equal(["p00", "p01"], Asked("x"));
    }

    [Fact]
    public void SlowAnswers_FromTheSourceAsked_MakeThePeerWaitLonger()
    {
        for (var i = 0; i < 20; i++)
        {
            _bench.ReceiveInv("p00", $"b{i}");
            _bench.ReceiveInv("p01", $"b{i}");
            _bench.RunFor(3);
            _bench.Receive("p00", Make.Block($"b{i}"));
        }

        // 3 s each, one like the other: soon a little more than that is waited.
        Assert.Equal(["p00", "p01"], Asked("b0"));
        Assert.Equal(["p00"], Asked("b1"));
        Assert.Equal(["p00"], Asked("b19"));
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        _bench.RunFor(2.9);
        Assert.Equal(["p00"], Asked("x"));
        _bench.RunFor(0.5);
        Assert.Equal(["p00", "p01"], Asked("x"));
    }

    /// <summary>Whoever is slow on purpose gains no more than that, and whoever is silent gains nothing.</summary>
    [Fact]
    public void SilentSource_AfterSlowOnes_IsLeftWithin8Timeouts()
    {
        for (var i = 0; i < 20; i++)
        {
            _bench.ReceiveInv("p00", $"b{i}");
            _bench.ReceiveInv("p01", $"b{i}");
            _bench.ReceiveInv("p02", $"b{i}");
            _bench.ReceiveInv("p03", $"b{i}");
            _bench.RunFor(7.9);
            _bench.Receive("p00", Make.Block($"b{i}"));
            _bench.RunFor(60);
            _bench.ReceiveInv("p00", $"c{i}");
            _bench.RunFor(0.1);
            _bench.Receive("p00", Make.Block($"c{i}"));
            _bench.RunFor(60);
        }

        var start = _bench.Now;
        _bench.ReceiveInv("p02", "x");
        _bench.ReceiveInv("p03", "x");
        _bench.RunFor(300);
        Assert.Equal(["p02", "p03"], Asked("x")[..2]);
        var second = _bench.Sent<GetBlock>("p03")
            .First(ask => ask.Message.BlockIds.Contains(Make.Hash("x"))).At - start;
        Assert.Equal(8 * Settings.RequestTimeout, second);
    }

    [Fact]
    public void SilentSource_AgainAndAgain_IsWaitedForNoLonger()
    {
        for (var i = 0; i < 20; i++)
        {
            _bench.ReceiveInv("p00", $"b{i}");
            _bench.ReceiveInv("p01", $"b{i}");
            _bench.RunFor(2.05);
            _bench.Receive("p01", Make.Block($"b{i}"));
        }

        Assert.All(
            _bench.Sent<GetBlock>("p01").Zip(_bench.Sent<GetBlock>("p00")),
            pair => Assert.Equal(Settings.RequestTimeout, pair.First.At - pair.Second.At));
    }

    /// <summary>Else each loss would make the next wait longer.</summary>
    [Fact]
    public void LostQuestions_AskedAgainOfTheSame_MakeThePeerWaitNoLonger()
    {
        for (var i = 0; i < 20; i++)
        {
            _bench.ReceiveInv("p00", $"b{i}");
            _bench.RunFor(6.1);
            Assert.Equal(4, Asked($"b{i}").Count);
            _bench.Receive("p00", Make.Block($"b{i}"));
            _bench.RunFor(10);
        }
    }

    [Fact]
    public void Orphan_Received_AsksForItsMissingAncestor()
    {
        _bench.Receive("p00", Make.Block("c", "b"));
        _bench.Receive("p01", Make.Block("b", "a"));
        Assert.Equal(["p00"], Asked("b"));
        Assert.Equal(["p01"], Asked("a"));
        _bench.Receive("p01", Make.Block("a"));
        Assert.Equal(3, _bench.Peer.Ledger.Chain.Height);
    }

    [Fact]
    public void FalseAnswer_OfTheSourceAsked_AsksAnotherAtOnce()
    {
        _bench.ReceiveInv("p00", "x");
        _bench.ReceiveInv("p01", "x");
        _bench.Receive("p00", Make.Block("x", valid: false));
        Assert.Equal(["p00", "p01"], Asked("x"));
        Assert.Equal(TimeSpan.Zero, _bench.Sent<GetBlock>()[^1].At);
    }

    /// <summary>Else a malicious peer could use up the attempts for any block.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FalseAnswer_OfSomebodyNotAsked_LeavesTheRequestAlone(bool announcesItToo)
    {
        _bench.ReceiveInv("p00", "x");
        if (announcesItToo)
        {
            _bench.ReceiveInv("p03", "x");
        }

        for (var i = 0; i < 3; i++)
        {
            _bench.Receive("p03", Make.Block("x", valid: false));
        }

        Assert.Equal(["p00"], Asked("x"));
        Assert.DoesNotContain(_bench.Events.Drops, drop => drop.Reason == DropReason.Expired);
    }

    private List<string> Asked(string block) =>
    [
        .. _bench.Sent<GetBlock>().Where(ask => ask.Message.BlockIds.Contains(Make.Hash(block))).Select(ask => ask.To),
    ];
}
