using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <content>What a peer takes back from an earlier run, and when it makes nothing that would be lost.</content>
public sealed partial class Peer
{
    /// <summary>
    /// Why it makes no blocks for now, in words for people; null: it makes them. For a host that cannot store what the
    /// peer would make.
    /// </summary>
    public string? MakesNoBlocks
    {
        get => _producer.MakesNoBlocks;
        set => _producer.MakesNoBlocks = value;
    }

    /// <summary>
    /// Takes back a block that <see cref="IPeerStorage.Accepted"/> was told of, in any order, before the start. Nobody
    /// hears of it. One whose parent was lost waits for it, however many they are: only what is lost is asked for.
    /// </summary>
    /// <param name="acceptedAt">When it was accepted first.</param>
    /// <param name="header">The block's.</param>
    /// <param name="block">Null on a light peer. Its ids are the host's to vouch for.</param>
    /// <returns>The nodes that are in the tree by this: the block itself and those that had waited for it.</returns>
    public AttachedNodes Restore(TimeSpan acceptedAt, BlockHeader header, Block? block)
    {
        Assertions.That(block is null == Info.Light, "A full peer has its blocks, a light one none.");
        return _context.Ledger.Chain.Restore(acceptedAt, header, block).Attached;
    }

    /// <summary>Takes back what <see cref="IPeerStorage.Blamed"/> was told of.</summary>
    public void Restore(TimeSpan now, IEnumerable<Standing> standings) => _context.Standings.Restore(now, standings);
}
