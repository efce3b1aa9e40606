using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// Decides whom a peer tells of what is new to it. Which blocks are new, <see cref="Announcements"/> has decided
/// before; it is asked once for each. Neighbours may have different rules: what they send each other is the same.
/// </summary>
internal interface IRelayRule
{
    /// <summary>A full peer has a new block, and can serve it from now on.</summary>
    /// <param name="holders">The neighbours that are known to have it.</param>
    void Announce(TimeSpan now, Block block, Holders holders);

    /// <summary>A full peer has a new transaction.</summary>
    /// <param name="from">The neighbour that it came from; null: its own, or a stranger's.</param>
    void Spread(TimeSpan now, Transaction transaction, RemotePeer? from);

    /// <summary>A neighbour says that it has these blocks; they may or may not be here.</summary>
    void Knows(IReadOnlyList<Hash256> blockIds, RemotePeer peer)
    {
    }
}
