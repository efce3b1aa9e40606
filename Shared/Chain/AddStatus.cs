namespace Blockchain.Shared.Chain;

/// <summary>What became of a block that was given to a <see cref="BlockTree"/>.</summary>
public enum AddStatus
{
    /// <summary>It is in the tree now, on the chain or on a side branch.</summary>
    Accepted,

    /// <summary>It is in the tree or among the orphans already.</summary>
    Duplicate,

    /// <summary>It waits for its parent.</summary>
    Orphaned,

    /// <summary>It breaks a rule, or descends from a block that does.</summary>
    Rejected,
}
