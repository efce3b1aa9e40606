namespace Blockchain.Shared.Chain;

/// <summary>The chain's change from one branch to another.</summary>
/// <param name="Fork">The last block that both branches have; null when they have none in common.</param>
/// <param name="Left">The blocks left behind, from the old tip down; never empty.</param>
/// <param name="Joined">The blocks that replace them, up to the new tip; never empty.</param>
public sealed record Reorganisation(
    ChainNode? Fork,
    IReadOnlyList<ChainNode> Left,
    IReadOnlyList<ChainNode> Joined)
{
    /// <summary>How many blocks were left behind.</summary>
    public int Depth => Left.Count;
}
