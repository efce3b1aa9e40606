using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>Where a relay rule gives what came in messages of its own: from there on it is as any other.</summary>
internal interface IRelayIntake
{
    /// <summary>A block or transaction with the right ids. Its signatures are judged, as of one that came by itself.</summary>
    void Deliver(TimeSpan now, RemotePeer from, Message message);

    /// <summary>
    /// Whether a transaction that is not to be taken in yet has the signature that its network asks for; if not, the
    /// neighbour is blamed as for one that came by itself.
    /// </summary>
    bool IsProven(TimeSpan now, RemotePeer from, Transaction transaction);

    /// <summary>The neighbour says that it has these blocks: asks for those that are missing here.</summary>
    void Announced(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> blockIds);

    /// <summary>The neighbour has this block, and what it gave of it was of no use: asks it for the whole.</summary>
    void WantWhole(TimeSpan now, RemotePeer from, Hash256 blockId);

    /// <summary>It said what no right program says: a tenth of a point, which leads to the throttle and to no ban.</summary>
    void BlameMistake(TimeSpan now, RemotePeer from);
}
