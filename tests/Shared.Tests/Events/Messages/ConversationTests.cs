using Blockchain.Events.Messages;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Events.Messages;

public sealed class ConversationTests
{
    private static readonly PeerId A = new("a");
    private static readonly PeerId B = new("b");

    [Fact]
    public void Conversation_OfTwo_IsInOrderWithWhatBecameOfEach()
    {
        var lines = Of(Talk.OfALateBlock().Sent("a", "c", MessageType.Inv, 9, 100, 100, 150).Events);

        Assert.Equal(
            [
                (MessageType.Inv, "a", ArrowEnd.Arrived, 50), (MessageType.GetBlock, "b", ArrowEnd.Lost, null),
                (MessageType.GetBlock, "b", ArrowEnd.Arrived, 40),
                (MessageType.Block, "a", ArrowEnd.Arrived, (int?)120),
            ],
            lines.Select(line => (line.Type, line.From.Value, line.End, (int?)line.Took?.TotalMilliseconds)));
        Assert.Equal(60, lines[3].Waited.TotalMilliseconds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Relay_BetweenTheTwo_IsOneLine(bool isRelayFollowed)
    {
        MessageTraced Leg(int time, string peer, MessageStage stage, string other) => new(
            Talk.At(time), new PeerId(peer), stage, new PeerId(other), MessageType.Relay, Make.Id(1), [Talk.Block],
            "2 blocks", null, A, B, MessageType.Inv, Make.Id(2));
        PeerEvent[] events =
        [
            Leg(0, "a", MessageStage.Sent, "r"), Leg(20, "r", MessageStage.Received, "a"),
            Leg(30, "r", MessageStage.Sent, "b"), Leg(70, "b", MessageStage.Received, "r"),
        ];

        var line = Assert.Single(Of(events.Where(told => isRelayFollowed || told.Peer.Value != "r")));

        Assert.Equal((MessageType.Inv, A, B, ArrowEnd.Arrived), (line.Type, line.From, line.To, line.End));
        Assert.Equal((70, "2 blocks"), (line.Took!.Value.TotalMilliseconds, line.What));
        Assert.Equal(["r"], line.Relays.Select(relay => relay.Value));
    }

    [Fact]
    public void Message_OnItsWay_IsWaitedForButNotForever()
    {
        var conversation = new Conversation(A, B);
        conversation.Add(new MessageTraced(Talk.At(0), A, MessageStage.Sent, B, MessageType.Ping, Make.Id(1)));

        Assert.Empty(conversation.Take(Talk.At(2_000)));
        var line = Assert.Single(conversation.Take(Talk.At(6_000)));
        Assert.Equal(ArrowEnd.Underway, line.End);
        Assert.Empty(conversation.Take(TimeSpan.MaxValue));
    }

    private static List<ConversationLine> Of(IEnumerable<PeerEvent> events)
    {
        var conversation = new Conversation(A, B);
        foreach (var happened in events)
        {
            conversation.Add(happened);
        }

        return [.. conversation.Take(TimeSpan.MaxValue)];
    }
}
