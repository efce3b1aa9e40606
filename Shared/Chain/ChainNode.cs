using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// A block's place in the tree. Kept small, since a simulation of 10,000 peers holds a million of them; it has no list
/// of children, because nothing ever walks down the tree.
/// </summary>
public sealed class ChainNode
{
    private const int Overhead = 256;

    internal ChainNode(BlockHeader header, Block? block, ChainNode? parent, TimeSpan acceptedAt)
    {
        Assertions.That(
            parent is null ? header.PreviousId.IsGenesis : parent.Id == header.PreviousId,
            "It has the parent that it names.");
        Header = header;
        Block = block;
        Parent = parent;
        Height = parent is null ? 1 : parent.Height + 1;
        AcceptedAt = acceptedAt;
    }

    public BlockHeader Header { get; }

    /// <summary>Null on a light peer, which keeps headers only.</summary>
    public Block? Block { get; }

    /// <summary>Null for a first block.</summary>
    public ChainNode? Parent { get; }

    /// <summary>The number of blocks from a first block to this one, both included.</summary>
    public int Height { get; }

    /// <summary>The number of blocks in the tree that have it as their parent.</summary>
    internal int Children { get; set; }

    /// <summary>Bytes that it takes in memory, about.</summary>
    internal int MemoryBytes => Overhead + (Block?.MemoryBytes ?? 0);

    /// <summary>When this peer put the block into its tree, by the host's clock, since the Unix epoch.</summary>
    public TimeSpan AcceptedAt { get; }

    public Hash256 Id => Header.Id;

    /// <summary>The ids of its transactions; empty on a light peer.</summary>
    public ReadOnlySpan<Hash256> TransactionIds => Block is null ? [] : Block.TransactionIds;

    public override string ToString() => $"{Height}:{Id}";
}
