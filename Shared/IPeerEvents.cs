using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// What happens in a peer, for metrics, traces, pages, statistics and tests. Nothing that listens can change what the
/// peer does. Every method has an empty body, so that a listener writes only those that it wants.
/// </summary>
public interface IPeerEvents
{
    /// <summary>A message was handed to the transport for its next hop.</summary>
    void Sent(TimeSpan now, PeerId nextHop, Message message) { }

    /// <summary>A message arrived, before any check.</summary>
    void Received(TimeSpan now, PeerId via, Message message) { }

    /// <summary>
    /// A RELAY for this peer arrived for the first time. What it carries has arrived by it, and counts as received too; it is
    /// dropped or redundant by its own type.
    /// </summary>
    void Unwrapped(TimeSpan now, PeerId via, Relay relay) { }

    /// <param name="peer">The sender of a message that came in, the target of one that was to go out.</param>
    void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) { }

    /// <summary>A message arrived that told nothing new.</summary>
    void Redundant(TimeSpan now, MessageType type, PeerId via) { }

    void Relayed(TimeSpan now, Relay relay, PeerId via) { }

    void RoundTripMeasured(TimeSpan now, PeerId peer, TimeSpan roundTrip) { }

    void PeerDiscovered(TimeSpan now, PeerInfo peer) { }

    void PeerStatusChanged(TimeSpan now, PeerId peer, PeerStatus status) { }

    /// <param name="offences">How many it has by now.</param>
    void PeerOffended(TimeSpan now, PeerId peer, int offences) { }

    void PeerBanned(TimeSpan now, PeerId peer) { }

    void TransactionMade(TimeSpan now, Transaction transaction) { }

    void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via) { }

    /// <summary>This peer made a block. A malicious one's has a false id and is not in its own chain.</summary>
    void BlockMade(TimeSpan now, Block block) { }

    /// <summary>A block, or on a light peer a header, was attached to the tree; also this peer's own.</summary>
    /// <param name="via">Who delivered it; the peer itself for its own.</param>
    void BlockAccepted(TimeSpan now, ChainNode node, PeerId via) { }

    void BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via) { }

    void BlockRejected(TimeSpan now, BlockHeader header, PeerId via) { }

    void TipChanged(TimeSpan now, ChainNode tip) { }

    void ChainReorganised(TimeSpan now, Reorganisation reorganisation) { }

    void CapacityChanged(TimeSpan now, double messagesPerSecond) { }

    /// <summary>Somebody changed how the peer behaves, or such a change has run its time.</summary>
    void Switched(TimeSpan now, Peer peer) { }
}
