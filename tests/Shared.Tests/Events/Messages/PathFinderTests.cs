using Blockchain.Events.Messages;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Events.Messages;

/// <summary>The way of a block, of which every step is known beforehand.</summary>
public sealed class PathFinderTests
{
    [Fact]
    public void Way_OfALateBlock_IsSplitIntoWhatItWaitedFor()
    {
        var way = PathFinder.Find(MessageHistory.Of(Talk.OfALateBlock().Events), Talk.Block)!;

        Assert.True(way.IsComplete);
        Assert.Equal(
            [
                (DelayKind.Patience, 0, 200), (DelayKind.Latency, 200, 50), (DelayKind.Patience, 250, 10),
                (DelayKind.Loss, 260, 640), (DelayKind.Latency, 900, 40), (DelayKind.Queue, 940, 60),
                (DelayKind.Latency, 1_000, 60),
            ],
            Parts(way));
        Assert.Equal(
            [150, 60, 640, 210],
            new[] { DelayKind.Latency, DelayKind.Queue, DelayKind.Loss, DelayKind.Patience }
                .Select(kind => (int)way.Sum(kind).TotalMilliseconds));
    }

    [Fact]
    public void Way_ToAPeerThatAskedAnotherFirst_IsWaitingForThatAnswer()
    {
        var talk = new Talk().Made(0, "a")
            .Sent("a", "b", MessageType.Inv, 1, 0, 0, 50)
            .Sent("b", "c", MessageType.GetBlock, 2, 50, 50, 90)
            .Sent("b", "a", MessageType.GetBlock, 3, 700, 700, 740)
            .Sent("a", "b", MessageType.Block, 4, 740, 740, 800)
            .Accepted(800, "b", "a", "a");

        var way = PathFinder.Find(MessageHistory.Of(talk.Events), Talk.Block)!;

        var wait = Assert.Single(way.Parts, part => part.Kind == DelayKind.Patience);
        Assert.Equal((650, "waits for the answer of c"), ((int)wait.Length.TotalMilliseconds, wait.Why));
    }

    /// <summary>b hears of the block from c first, whose part of the talk does not come through.</summary>
    [Theory]
    [InlineData(MessageType.GetBlock)]
    [InlineData(MessageType.Block)]
    public void Way_AfterAnotherWasAskedInVain_IsLostTimeAlsoIfThatWasLostBeforeTheGiverTold(MessageType lost)
    {
        var talk = new Talk().Made(0, "a");
        talk = lost == MessageType.GetBlock
            ? talk.Lost("b", "c", MessageType.GetBlock, 2, time: 20)
            : talk.Sent("b", "c", MessageType.GetBlock, 2, 20, 20, 25).Lost("c", "b", MessageType.Block, 5, time: 25);
        talk = talk.Sent("a", "b", MessageType.Inv, 1, 0, 0, 50)
            .Sent("b", "a", MessageType.GetBlock, 3, 700, 700, 740)
            .Sent("a", "b", MessageType.Block, 4, 740, 740, 800)
            .Accepted(800, "b", "a", "a");

        var way = PathFinder.Find(MessageHistory.Of(talk.Events), Talk.Block)!;

        Assert.Equal(
            [
                (DelayKind.Latency, 0, 50), (DelayKind.Loss, 50, 650), (DelayKind.Latency, 700, 40),
                (DelayKind.Latency, 740, 60),
            ],
            Parts(way));
    }

    /// <summary>Two processes need not be heard in the order in which they spoke.</summary>
    [Fact]
    public void Arrows_HeardInAnyOrderOfTheTwoStreams_AreTheSame()
    {
        var events = Talk.OfALateBlock().Events;
        var apart = events.Where(told => told.Peer.Value == "b").Concat(events.Where(told => told.Peer.Value == "a"));

        Assert.Equal(Describe(events), Describe(apart));

        static IEnumerable<string> Describe(IEnumerable<PeerEvent> events) => MessageHistory.Of(events).Arrows
            .Select(arrow => $"{arrow} {arrow.Left} {arrow.Sent} {arrow.Received}");
    }

    [Fact]
    public void Way_WithoutSingleMessages_IsNotTold()
    {
        var talk = new Talk().Made(0, "a").Accepted(500, "b", "a", "a");

        var way = PathFinder.Find(MessageHistory.Of(talk.Events), Talk.Block)!;

        Assert.Equal([(DelayKind.Untold, 0, 500)], Parts(way));
    }

    [Fact]
    public void Way_FromAPeerThatToldNothing_IsNotComplete()
    {
        var talk = new Talk()
            .Sent("a", "b", MessageType.Block, 1, 0, 0, 60)
            .Accepted(60, "b", "a", "x");

        var way = PathFinder.Find(MessageHistory.Of(talk.Events), Talk.Block)!;

        Assert.False(way.IsComplete);
        Assert.Equal("a", way.From.Value);
    }

    [Fact]
    public void Way_ToTheMakerOrToNobody_IsNone()
    {
        var history = MessageHistory.Of(new Talk().Made(0, "a").Events);

        Assert.Null(PathFinder.Find(history, Talk.Block, new PeerId("a")));
        Assert.Null(PathFinder.Find(history, Talk.Block, new PeerId("b")));
        Assert.Null(PathFinder.Find(history, Talk.Block));
    }

    [Fact]
    public void Arrow_SentTwiceWithOneId_IsLostWhereItWasLost()
    {
        var talk = new Talk()
            .Lost("a", "b", MessageType.Block, 1, 10)
            .Sent("a", "b", MessageType.Block, 1, 500, 500, 560)
            .Tell(560, MessageStage.Refused, "b", "a", MessageType.Block, 1, DropReason.InvalidBlock);

        var arrows = MessageHistory.Of(talk.Events).Arrows;

        Assert.Equal([ArrowEnd.Lost, ArrowEnd.Refused], arrows.Select(arrow => arrow.End));
        Assert.Equal(Talk.At(560), arrows[1].Received);
    }

    private static IEnumerable<(DelayKind Kind, int At, int For)> Parts(SpreadPath way) => way.Parts.Select(part => (
        part.Kind,
        (int)(part.From - Talk.At(0)).TotalMilliseconds,
        (int)part.Length.TotalMilliseconds));
}
