namespace Blockchain.Shared.Chain;

/// <summary>
/// Why a block can never be in the tree. It depends on the block and its ancestors alone, so that all peers judge
/// alike.
/// </summary>
public enum RejectReason
{
    /// <summary>The block is not rejected.</summary>
    None,

    /// <summary>It has a transaction twice, or one that an ancestor has.</summary>
    RepeatedTransaction,

    /// <summary>It has more bytes than a block may have.</summary>
    TooLarge,

    /// <summary>It descends from a rejected block.</summary>
    RejectedAncestor,
}
