using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Observation;
using Blockchain.Shared.Peers;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Lab.Simulate;

/// <summary>
/// What one peer of a simulation tells: what a node's stream of events does, from the peer's begin to its end.
/// </summary>
internal sealed class PeerLog(PeerId id, Action<PeerEvent> tell) : ISimulatedPeerEvents
{
    private readonly PeerEventRecorder _recorder = new(id, tell);

    private IPeerEvents Recorder => _recorder;

    public void Flush(TimeSpan now) => _recorder.Flush(now);

    public void Started(TimeSpan now, SimulatedPeer peer)
    {
        foreach (var happened in PeerSnapshot.Take(peer.Core, now, started: now, blocks: []))
            tell(happened);
    }

    public void Stopped(TimeSpan now, SimulatedPeer peer)
    {
        _recorder.Flush(now);
        tell(new PeerDown(now, id));
    }

    public void Received(TimeSpan now, PeerId via, Message message) => Recorder.Received(now, via, message);

    public void Unwrapped(TimeSpan now, PeerId via, Relay relay) => Recorder.Unwrapped(now, via, relay);

    public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
        Recorder.Dropped(now, type, reason, peer);

    public void Redundant(TimeSpan now, MessageType type, PeerId via) => Recorder.Redundant(now, type, via);

    public void Relayed(TimeSpan now, Relay relay, PeerId via) => Recorder.Relayed(now, relay, via);

    public void RoundTripMeasured(TimeSpan now, PeerId peer, TimeSpan roundTrip) =>
        Recorder.RoundTripMeasured(now, peer, roundTrip);

    public void PeerDiscovered(TimeSpan now, PeerInfo peer) => Recorder.PeerDiscovered(now, peer);

    public void PeerStatusChanged(TimeSpan now, PeerId peer, PeerStatus status) =>
        Recorder.PeerStatusChanged(now, peer, status);

    public void PeerBanned(TimeSpan now, PeerId peer) => Recorder.PeerBanned(now, peer);

    public void TransactionMade(TimeSpan now, Transaction transaction) => Recorder.TransactionMade(now, transaction);

    public void BlockMade(TimeSpan now, Block block) => Recorder.BlockMade(now, block);

    public void BlockAccepted(TimeSpan now, ChainNode node, PeerId via) => Recorder.BlockAccepted(now, node, via);

    public void BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via) => Recorder.BlockOrphaned(now, header, via);

    public void BlockRejected(TimeSpan now, BlockHeader header, PeerId via) => Recorder.BlockRejected(now, header, via);

    public void TipChanged(TimeSpan now, ChainNode tip) => Recorder.TipChanged(now, tip);

    public void ChainReorganised(TimeSpan now, Reorganisation reorganisation) =>
        Recorder.ChainReorganised(now, reorganisation);

    public void Switched(TimeSpan now, Peer peer) => Recorder.Switched(now, peer);
}
