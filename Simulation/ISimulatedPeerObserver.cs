using Blockchain.Shared;

namespace Blockchain.Simulation;

/// <summary>
/// Hears of all that happens in one peer, its beginning and its end included, and sees its messages. Every method has
/// an empty body, so that an observer writes only those that it wants.
/// </summary>
public interface ISimulatedPeerObserver : IMessageObserver
{
    /// <summary>Whether it is told of single messages too; asked at the start of each life of the peer.</summary>
    bool WantsMessages => false;

    /// <summary>
    /// Each event of the peer. The first ones of each of its lives, before it has done anything, say what it is and
    /// knows, as a node's stream of events begins; the last one is <see cref="PeerDown"/>.
    /// </summary>
    void Happened(PeerEvent what) { }
}
