using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Events.Messages;

/// <summary>
/// What peers tell of their messages and of one block, written down by a test; times in milliseconds.
/// </summary>
internal sealed class Talk
{
    private readonly List<PeerEvent> _events = [];

    public static Hash256 Block { get; } = Make.Hash("block");

    public IReadOnlyList<PeerEvent> Events => _events;

    public static TimeSpan At(int time) => TimeSpan.FromSeconds(1_000) + TimeSpan.FromMilliseconds(time);

    public Talk Made(int time, string peer)
    {
        _events.Add(new BlockMade(At(time), new PeerId(peer), Block, Hash256.Genesis, 0, IsFalse: false));
        return Accepted(time, peer, peer, peer);
    }

    public Talk Accepted(int time, string peer, string via, string maker)
    {
        _events.Add(new BlockAccepted(
            At(time), new PeerId(peer), Block, Hash256.Genesis, 1, new PeerId(maker), At(0), new PeerId(via)));
        return this;
    }

    public Talk Tell(
        int time, MessageStage stage, string peer, string other, MessageType type, int id, DropReason? reason = null)
    {
        _events.Add(new MessageTraced(
            At(time), new PeerId(peer), stage, new PeerId(other), type, Make.Id(id), [Block], null, reason));
        return this;
    }

    /// <summary>A message that waits, is on its way, and arrives.</summary>
    public Talk Sent(string from, string to, MessageType type, int id, int queued, int left, int received)
    {
        if (left > queued)
        {
            Tell(queued, MessageStage.Queued, from, to, type, id);
        }

        return Tell(left, MessageStage.Left, from, to, type, id)
            .Tell(received, MessageStage.Sent, from, to, type, id)
            .Tell(received, MessageStage.Received, to, from, type, id);
    }

    public Talk Lost(string from, string to, MessageType type, int id, int time) =>
        Tell(time, MessageStage.Dropped, from, to, type, id, DropReason.Loss);

    /// <summary>
    /// b hears of the block after a round of gossip, asks, is not heard, asks again after its patience, and gets it
    /// after it has waited in the queue of a.
    /// </summary>
    public static Talk OfALateBlock() => new Talk()
        .Made(0, "a")
        .Sent("a", "b", MessageType.Inv, 1, queued: 200, left: 200, received: 250)
        .Lost("b", "a", MessageType.GetBlock, 2, time: 260)
        .Sent("b", "a", MessageType.GetBlock, 3, queued: 900, left: 900, received: 940)
        .Sent("a", "b", MessageType.Block, 4, queued: 940, left: 1_000, received: 1_060)
        .Accepted(1_060, "b", "a", "a");
}
