namespace Blockchain.Shared.Chain;

/// <summary>What became of a transaction that was given to the pool.</summary>
public enum AddOutcome
{
    Added,

    /// <summary>It is in the pool already.</summary>
    Duplicate,

    /// <summary>The pool is at its limit, or its source has as much in it as one may have.</summary>
    Full,

    /// <summary>It fits into no block.</summary>
    TooLarge,

    /// <summary>It is in the chain already.</summary>
    OnChain,
}
