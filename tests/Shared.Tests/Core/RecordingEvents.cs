using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

/// <summary>Keeps what a peer tells its listener: in lists for asserts, and all of it in order as text.</summary>
internal sealed class RecordingEvents : IPeerListener, IMessageObserver
{
    public List<(TimeSpan At, PeerId To, Message Message)> Sents { get; } = [];

    public List<(TimeSpan At, MessageType Type, DropReason Reason, PeerId Peer)> Drops { get; } = [];

    public List<(MessageType Type, PeerId Via)> Redundants { get; } = [];

    public List<(Relay Relay, PeerId Via)> Relays { get; } = [];

    public List<(Relay Relay, PeerId Via)> Unwraps { get; } = [];

    public List<(PeerId Peer, TimeSpan RoundTrip)> RoundTrips { get; } = [];

    public List<PeerId> Discovered { get; } = [];

    public List<(TimeSpan At, PeerId Peer, PeerStatus Status)> Statuses { get; } = [];

    public List<(PeerId Peer, int Offences)> Offences { get; } = [];

    public List<PeerId> Bans { get; } = [];

    public List<Hash256> AcceptedBlocks { get; } = [];

    public List<Transaction> AcceptedTransactions { get; } = [];

    public List<PeerEvent> Happenings { get; } = [];

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

    public void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        AcceptedTransactions.Add(transaction);
        Note(now, "accepted", transaction.Id, via);
    }

    public void Happened(PeerEvent what)
    {
        Happenings.Add(what);
        switch (what)
        {
            case RoundTripMeasured measured:
                RoundTrips.Add((measured.Other, measured.RoundTrip));
                break;
            case NeighbourChanged { Status: PeerStatus.Unknown } discovered:
                Discovered.Add(discovered.Other);
                break;
            case NeighbourChanged changed:
                Statuses.Add((changed.Time, changed.Other, changed.Status));
                break;
            case NeighbourOffended offended:
                Offences.Add((offended.Other, offended.Offences));
                break;
            case NeighbourBanned banned:
                Bans.Add(banned.Other);
                break;
            case BlockAccepted accepted:
                AcceptedBlocks.Add(accepted.Block);
                break;
        }

        Transcript.Add(what.ToString());
    }

    private void Note(TimeSpan now, params object[] what) => Transcript.Add($"{now} {string.Join(' ', what)}");
}
