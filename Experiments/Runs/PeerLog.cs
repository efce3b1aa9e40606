using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>
/// What one peer of a simulation tells: what a node's stream of events does. Its messages are told as counts, with the
/// next message or event after each <see cref="TrafficReader.Interval"/>.
/// </summary>
/// <param name="wantsMessages">Whether every single message is told too.</param>
internal sealed class PeerLog(SimulatedPeer peer, Action<PeerEvent> tell, bool wantsMessages) : ISimulatedPeerObserver
{
    private TrafficReader? _traffic;
    private TimeSpan _due;

    public bool WantsMessages => wantsMessages;

    public void Happened(PeerEvent what)
    {
        if (what is PeerDown)
        {
            Flush(what.Time);
        }

        tell(what);
    }

    void IMessageObserver.Received(TimeSpan now, PeerId via, Message message) => FlushDue(now);

    void IMessageObserver.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId other) => FlushDue(now);

    /// <summary>Tells what was only counted so far.</summary>
    public void Flush(TimeSpan now)
    {
        _traffic ??= new TrafficReader(peer.Id, peer.Counters);
        _due = now + TrafficReader.Interval;
        foreach (var counts in _traffic.Take(now))
        {
            tell(counts);
        }
    }

    private void FlushDue(TimeSpan now)
    {
        if (now >= _due)
        {
            Flush(now);
        }
    }
}
