using Blockchain.Observatory.State;

namespace Blockchain.Observatory.Measures;

/// <summary>A block in a drawing of the tree.</summary>
/// <param name="Index">From the top; 0 is the first.</param>
/// <param name="Lane">From the left; 0 is the chain of most peers.</param>
/// <param name="IsOnChain">Whether it is in that chain.</param>
public sealed record TreeRow(BlockState Block, int Index, int Lane, bool IsOnChain)
{
    /// <summary>Null where the parent is not drawn: it is older, or it is the genesis.</summary>
    public int? ParentIndex { get; init; }

    public int ParentLane { get; init; }
}
