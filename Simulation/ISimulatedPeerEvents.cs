using Blockchain.Shared;

namespace Blockchain.Simulation;

/// <summary>Hears of what happens in a peer, and of its beginning and its end as well.</summary>
public interface ISimulatedPeerEvents : IPeerEvents
{
    /// <summary>The peer is there, and has done nothing yet.</summary>
    void Started(TimeSpan now, SimulatedPeer peer) { }

    /// <summary>The peer is gone from one moment to the next.</summary>
    void Stopped(TimeSpan now, SimulatedPeer peer) { }
}
