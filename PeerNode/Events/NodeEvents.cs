using Blockchain.Events;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Events;

/// <summary>
/// The peer's one listener: passes on to the statistics, which always count, and to a recorder while somebody follows
/// the node's events. Belongs to the event loop.
/// </summary>
internal sealed class NodeEvents(NodeStatistics statistics) : IPeerEvents
{
    private readonly IPeerEvents _statistics = statistics;
    private IPeerEvents? _recorder;

    /// <summary>The last blocks of the tree and who delivered them, for whoever begins to follow.</summary>
    public RecentBlocks Recent { get; } = new();

    public bool IsRecording => _recorder is not null;

    public void Attach(PeerEventRecorder recorder) => _recorder = recorder;

    public void Detach() => _recorder = null;

    void IPeerEvents.Sent(TimeSpan now, PeerId nextHop, Message message)
    {
        _statistics.Sent(now, nextHop, message);
        _recorder?.Sent(now, nextHop, message);
    }

    void IPeerEvents.Received(TimeSpan now, PeerId via, Message message)
    {
        _statistics.Received(now, via, message);
        _recorder?.Received(now, via, message);
    }

    void IPeerEvents.Unwrapped(TimeSpan now, PeerId via, Relay relay)
    {
        _statistics.Unwrapped(now, via, relay);
        _recorder?.Unwrapped(now, via, relay);
    }

    void IPeerEvents.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        _statistics.Dropped(now, type, reason, peer);
        _recorder?.Dropped(now, type, reason, peer);
    }

    void IPeerEvents.Redundant(TimeSpan now, MessageType type, PeerId via)
    {
        _statistics.Redundant(now, type, via);
        _recorder?.Redundant(now, type, via);
    }

    void IPeerEvents.Relayed(TimeSpan now, Relay relay, PeerId via)
    {
        _statistics.Relayed(now, relay, via);
        _recorder?.Relayed(now, relay, via);
    }

    void IPeerEvents.RoundTripMeasured(TimeSpan now, PeerId peer, TimeSpan roundTrip)
    {
        _statistics.RoundTripMeasured(now, peer, roundTrip);
        _recorder?.RoundTripMeasured(now, peer, roundTrip);
    }

    void IPeerEvents.PeerDiscovered(TimeSpan now, PeerInfo peer)
    {
        _statistics.PeerDiscovered(now, peer);
        _recorder?.PeerDiscovered(now, peer);
    }

    void IPeerEvents.PeerStatusChanged(TimeSpan now, PeerId peer, PeerStatus status)
    {
        _statistics.PeerStatusChanged(now, peer, status);
        _recorder?.PeerStatusChanged(now, peer, status);
    }

    void IPeerEvents.PeerOffended(TimeSpan now, PeerId peer, int offences)
    {
        _statistics.PeerOffended(now, peer, offences);
        _recorder?.PeerOffended(now, peer, offences);
    }

    void IPeerEvents.PeerBanned(TimeSpan now, PeerId peer)
    {
        _statistics.PeerBanned(now, peer);
        _recorder?.PeerBanned(now, peer);
    }

    void IPeerEvents.TransactionMade(TimeSpan now, Transaction transaction)
    {
        _statistics.TransactionMade(now, transaction);
        _recorder?.TransactionMade(now, transaction);
    }

    void IPeerEvents.TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        _statistics.TransactionAccepted(now, transaction, via);
        _recorder?.TransactionAccepted(now, transaction, via);
    }

    void IPeerEvents.BlockMade(TimeSpan now, Block block)
    {
        _statistics.BlockMade(now, block);
        _recorder?.BlockMade(now, block);
    }

    void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        Recent.Add(node, via);
        _statistics.BlockAccepted(now, node, via);
        _recorder?.BlockAccepted(now, node, via);
    }

    void IPeerEvents.BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via)
    {
        _statistics.BlockOrphaned(now, header, via);
        _recorder?.BlockOrphaned(now, header, via);
    }

    void IPeerEvents.BlockRejected(TimeSpan now, BlockHeader header, PeerId via)
    {
        _statistics.BlockRejected(now, header, via);
        _recorder?.BlockRejected(now, header, via);
    }

    void IPeerEvents.TipChanged(TimeSpan now, ChainNode tip)
    {
        _statistics.TipChanged(now, tip);
        _recorder?.TipChanged(now, tip);
    }

    void IPeerEvents.ChainReorganised(TimeSpan now, Reorganisation reorganisation)
    {
        _statistics.ChainReorganised(now, reorganisation);
        _recorder?.ChainReorganised(now, reorganisation);
    }

    void IPeerEvents.CapacityChanged(TimeSpan now, double messagesPerSecond)
    {
        _statistics.CapacityChanged(now, messagesPerSecond);
        _recorder?.CapacityChanged(now, messagesPerSecond);
    }

    void IPeerEvents.Switched(TimeSpan now, Peer peer)
    {
        _statistics.Switched(now, peer);
        _recorder?.Switched(now, peer);
    }
}
