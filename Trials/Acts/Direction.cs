namespace Blockchain.Trials.Acts;

/// <summary>Which messages a partition keeps back, seen from the peers that it names.</summary>
public enum Direction
{
    Both,

    /// <summary>What they send; they still hear the others.</summary>
    Out,

    /// <summary>What they are sent; the others still hear them.</summary>
    In,
}
