using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// Where the parts of a peer tell what happens: messages are counted and shown to an observer, if there is one; what is
/// rare becomes an event, if anybody listens.
/// </summary>
internal sealed class PeerReports(
    PeerId self, IPeerListener listener, IMessageObserver? messages, PeerCounters counters)
{
    /// <summary>The peer that tells; the first thing that each event says after the time.</summary>
    public PeerId Self => self;

    public PeerCounters Counters => counters;

    /// <summary>Tells of single messages; null while nobody asks for them.</summary>
    public MessageTracer? Tracer { get; set; }

    /// <summary>To be asked before an event is built.</summary>
    public bool IsListening => listener.IsListening;

    public void Happened(PeerEvent what) => listener.Happened(what);

    public void Sent(TimeSpan now, in Transmission transmission)
    {
        counters.CountSent(transmission.Message.Type);
        messages?.Sent(now, transmission.NextHop, transmission.Message);
        Tracer?.Outgoing(now, MessageStage.Sent, transmission);
    }

    public void Received(TimeSpan now, PeerId via, Message message)
    {
        counters.CountReceived(message.Type);
        messages?.Received(now, via, message);
        Tracer?.Received(now, via, message);
    }

    public void Unwrapped(TimeSpan now, PeerId via, Relay relay)
    {
        counters.CountReceived(relay.Payload.Type);
        messages?.Unwrapped(now, via, relay);
    }

    /// <summary>What came in, or was asked for, goes no further.</summary>
    /// <param name="peer">Who sent it or is to get it.</param>
    public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        counters.CountDropped(type, reason);
        messages?.Dropped(now, type, reason, peer);
        Tracer?.Refused(now, type, reason, peer);
    }

    /// <summary>What was to go out does not.</summary>
    public void Dropped(TimeSpan now, in Transmission transmission, DropReason reason)
    {
        counters.CountDropped(transmission.Payload.Type, reason);
        messages?.Dropped(now, transmission.Payload.Type, reason, transmission.Target);
        Tracer?.Outgoing(now, MessageStage.Dropped, transmission, reason);
    }

    public void Redundant(TimeSpan now, MessageType type, PeerId via)
    {
        counters.CountRedundant(type);
        messages?.Redundant(now, type, via);
    }

    public void Relayed(TimeSpan now, Relay relay, PeerId via)
    {
        counters.CountRelayed(relay.Sender, relay.Target);
        messages?.Relayed(now, relay, via);
    }

    public void BlockMade(TimeSpan now, Block block)
    {
        if (IsListening)
        {
            Happened(new BlockMade(
                now, self, block.Id, block.PreviousId, block.TransactionIds.Length, IsFalse: !block.HasValidId));
        }
    }

    public void BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        if (IsListening)
        {
            Happened(Shared.BlockAccepted.Of(now, self, node, via));
        }
    }

    public void BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via)
    {
        if (IsListening)
        {
            Happened(new BlockOrphaned(now, self, header.Id, header.PreviousId, header.Sender, via));
        }
    }

    public void BlockRejected(TimeSpan now, BlockHeader header, PeerId via, string why)
    {
        if (IsListening)
        {
            Happened(new BlockRejected(
                now, self, header.Id, header.Sender, via, Shared.BlockAccepted.MadeAt(header), why));
        }
    }

    public void TipChanged(TimeSpan now, ChainNode tip)
    {
        if (IsListening)
        {
            Happened(new TipChanged(now, self, tip.Id, tip.Height));
        }
    }

    public void ChainReorganised(TimeSpan now, Reorganisation change)
    {
        if (IsListening)
        {
            Happened(new ChainReorganised(
                now, self, change.Left[0].Id, change.Joined[^1].Id, change.Depth, change.Joined.Count));
        }
    }

    public void TransactionMade(TimeSpan now, Transaction transaction)
    {
        TransactionAccepted(now, transaction, self);
        if (IsListening)
        {
            Happened(new TransactionMade(now, self, transaction.Id));
        }
    }

    public void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        counters.CountTransaction();
        messages?.TransactionAccepted(now, transaction, via);
    }
}
