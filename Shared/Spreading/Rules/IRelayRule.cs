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

    /// <summary>
    /// Whether it has messages of its own. If so, HELLO says its name, and it may send them to neighbours whose HELLO
    /// said the same (<see cref="RelayTools.Understands"/>); what is below is asked of such a rule only, and of full
    /// peers only.
    /// </summary>
    bool HasMessages => false;

    /// <summary>The peer starts.</summary>
    void Start(TimeSpan now)
    {
    }

    /// <summary>A neighbour has sent something that is not for the core. Its ids are verified.</summary>
    /// <returns>False if it is none of this rule's messages.</returns>
    bool TryReceive(TimeSpan now, RemotePeer from, Message message) => false;

    /// <summary>
    /// A neighbour has delivered a block or transaction with the right ids, which may be here already or be refused.
    /// </summary>
    void Delivered(RemotePeer from, Message message)
    {
    }

    /// <summary>A neighbour has delivered something whose id is not its hash.</summary>
    void DeliveredFalse(RemotePeer from)
    {
    }

    /// <summary>Whether this neighbour is to give that block in a shorter form, if it can.</summary>
    bool WantsCompact(RemotePeer peer, Hash256 blockId) => false;

    /// <summary>A neighbour asks for a block and would take it in a shorter form.</summary>
    /// <returns>False if it is to be sent whole.</returns>
    bool TryServeCompact(TimeSpan now, RemotePeer to, Block block) => false;
}
