using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>
/// What one peer of a simulation tells: what a node's stream of events does, from the peer's begin to its end.
/// </summary>
internal sealed class PeerLog(PeerId id, Action<PeerEvent> tell) : PeerEventRecorder(id, tell), ISimulatedPeerEvents
{
    private readonly Action<PeerEvent> _tell = tell;

    public void Started(TimeSpan now, SimulatedPeer peer)
    {
        foreach (var happened in PeerSnapshot.Take(peer.Core, now, started: now, blocks: []))
        {
            _tell(happened);
        }
    }

    public void Stopped(TimeSpan now, SimulatedPeer peer)
    {
        Flush(now);
        _tell(new PeerDown(now, peer.Id));
    }
}
