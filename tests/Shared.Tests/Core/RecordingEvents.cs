using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>Keeps what a peer tells its listener: in lists for asserts, and all of it in order as text.</summary>
internal sealed class RecordingEvents : IPeerEvents
{
    public List<(TimeSpan At, PeerId To, Message Message)> Sents { get; } = [];

    public List<(TimeSpan At, MessageType Type, DropReason Reason, PeerId Peer)> Drops { get; } = [];

    public List<(MessageType Type, PeerId Via)> Redundants { get; } = [];

    public List<(Relay Relay, PeerId Via)> Relays { get; } = [];

    public List<(Relay Relay, PeerId Via)> Unwraps { get; } = [];

    public List<(PeerId Peer, TimeSpan RoundTrip)> RoundTrips { get; } = [];

    public List<PeerInfo> Discovered { get; } = [];

    public List<(TimeSpan At, PeerId Peer, PeerStatus Status)> Statuses { get; } = [];

    public List<(PeerId Peer, int Offences)> Offences { get; } = [];

    public List<PeerId> Bans { get; } = [];

    public List<BlockHeader> AcceptedBlocks { get; } = [];

    public List<Transaction> AcceptedTransactions { get; } = [];

    public List<(TimeSpan At, double Capacity)> Capacities { get; } = [];

    public List<string> Transcript { get; } = [];

    public void Sent(TimeSpan now, PeerId nextHop, Message message)
    {
        Sents.Add((now, nextHop, message));
        Note(now, "sent", nextHop, Transcripts.Describe(message));
    }

    public void Received(TimeSpan now, PeerId via, Message message) =>
        Note(now, "received", via, Transcripts.Describe(message));

    public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        Drops.Add((now, type, reason, peer));
        Note(now, "dropped", type, reason, peer);
    }

    public void Redundant(TimeSpan now, MessageType type, PeerId via)
    {
        Redundants.Add((type, via));
        Note(now, "redundant", type, via);
    }

    public void Relayed(TimeSpan now, Relay relay, PeerId via)
    {
        Relays.Add((relay, via));
        Note(now, "relayed", Transcripts.Describe(relay), via);
    }

    public void Unwrapped(TimeSpan now, PeerId via, Relay relay) => Unwraps.Add((relay, via));

    public void RoundTripMeasured(TimeSpan now, PeerId peer, TimeSpan roundTrip)
    {
        RoundTrips.Add((peer, roundTrip));
        Note(now, "round trip", peer, roundTrip);
    }

    public void PeerDiscovered(TimeSpan now, PeerInfo peer)
    {
        Discovered.Add(peer);
        Note(now, "discovered", peer);
    }

    public void PeerStatusChanged(TimeSpan now, PeerId peer, PeerStatus status)
    {
        Statuses.Add((now, peer, status));
        Note(now, "status", peer, status);
    }

    public void PeerOffended(TimeSpan now, PeerId peer, int offences)
    {
        Offences.Add((peer, offences));
        Note(now, "offended", peer, offences);
    }

    public void PeerBanned(TimeSpan now, PeerId peer)
    {
        Bans.Add(peer);
        Note(now, "banned", peer);
    }

    public void TransactionMade(TimeSpan now, Transaction transaction) => Note(now, "made", transaction.Id);

    public void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        AcceptedTransactions.Add(transaction);
        Note(now, "accepted", transaction.Id, via);
    }

    public void BlockMade(TimeSpan now, Block block) => Note(now, "made", block.Id);

    public void BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        AcceptedBlocks.Add(node.Header);
        Note(now, "accepted", node.Header, via);
    }

    public void BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via) => Note(now, "orphaned", header, via);

    public void BlockRejected(TimeSpan now, BlockHeader header, PeerId via) => Note(now, "rejected", header, via);

    public void TipChanged(TimeSpan now, ChainNode tip) => Note(now, "tip", tip);

    public void ChainReorganised(TimeSpan now, Reorganisation reorganisation) =>
        Note(now, "reorganised", reorganisation.Left.Count, reorganisation.Joined.Count);

    public void CapacityChanged(TimeSpan now, double messagesPerSecond)
    {
        Capacities.Add((now, messagesPerSecond));
        Note(now, "capacity", messagesPerSecond);
    }

    public void Switched(TimeSpan now, Peer peer) => Note(now, "switched", peer.Conditions, peer.Load);

    private void Note(TimeSpan now, params object[] what) => Transcript.Add($"{now} {string.Join(' ', what)}");
}
