using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Maps;

/// <summary>What of a peer decides where it is drawn.</summary>
public readonly record struct MapPlace(PeerId Peer, int NetworkId, bool Nat)
{
    public static MapPlace Of(PeerState peer) => new(peer.Id, peer.NetworkId, peer.Nat);
}
