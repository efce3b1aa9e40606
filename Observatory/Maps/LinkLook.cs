namespace Blockchain.Observatory.Maps;

/// <summary>
/// Classes of links; the round trips are those of two messages with the simulated latency of the shipped file.
/// </summary>
public enum LinkLook
{
    Unmeasured,

    /// <summary>Under 80 ms.</summary>
    Fast,

    /// <summary>Under 200 ms.</summary>
    Medium,

    Slow,

    /// <summary>One does not hear the other any more.</summary>
    Broken,

    /// <summary>One has banned the other.</summary>
    Banned,
}
