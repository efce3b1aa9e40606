using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// Sees every message of a peer: for traces and tests. Who only counts reads <see cref="PeerCounters"/>. Every
/// method has an empty body, so that an observer writes only those that it wants.
/// </summary>
public interface IMessageObserver
{
    /// <summary>A message was handed to the transport for its next hop.</summary>
    void Sent(TimeSpan now, PeerId nextHop, Message message) { }

    /// <summary>A message arrived, before any check.</summary>
    void Received(TimeSpan now, PeerId via, Message message) { }

    /// <summary>A RELAY for this peer arrived for the first time; what it carries has arrived by it.</summary>
    void Unwrapped(TimeSpan now, PeerId via, Relay relay) { }

    /// <param name="peer">The sender of a message that came in, the target of one that was to go out.</param>
    void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) { }

    /// <summary>A message arrived that told nothing new.</summary>
    void Redundant(TimeSpan now, MessageType type, PeerId via) { }

    /// <summary>The peer passes on a message of others.</summary>
    void Relayed(TimeSpan now, Relay relay, PeerId via) { }

    /// <summary>A transaction was taken into the pool; also one of the peer's own.</summary>
    void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via) { }
}
