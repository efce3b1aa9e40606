namespace Blockchain.Trials.Evidence;

/// <summary>What is asked of a peer beside its status, since not all of it is cheap.</summary>
[Flags]
public enum Need
{
    Status = 0,

    /// <summary>The blocks of its tree.</summary>
    Blocks = 1,

    /// <summary>The transactions of its pool and its chain.</summary>
    Transactions = 2,

    /// <summary>The peers that it knows, and whom it has banned.</summary>
    Neighbours = 4,

    /// <summary>Its metrics.</summary>
    Metrics = 8,
}
