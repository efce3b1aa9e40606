using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared;

/// <summary>
/// Hears of what a peer has to know again when its process was ended and started anew; <see cref="Peer.Restore(
/// TimeSpan, Wire.BlockHeader, Wire.Block?)"/> takes it back. Nothing that it does can change what the peer does.
/// </summary>
public interface IPeerStorage
{
    /// <summary>
    /// A block, or on a light peer its header, is in the tree now: one of others, or one that this peer has made. Told
    /// before anything leaves the peer that speaks of the block, so that a host can hold that back until it is stored.
    /// </summary>
    void Accepted(ChainNode node);

    /// <summary>What the peer holds against a neighbour has changed.</summary>
    void Blamed(Standing standing);
}
