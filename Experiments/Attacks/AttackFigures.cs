namespace Blockchain.Experiments.Attacks;

/// <summary>What was measured while a network was attacked, and after it.</summary>
internal sealed record AttackFigures
{
    /// <summary>Of the node that had most.</summary>
    public required long Bytes { get; init; }

    public required string BiggestNode { get; init; }

    /// <summary>A node had so much that the attack was broken off.</summary>
    public bool WasBrokenOff { get; init; }

    /// <summary>Seconds until a PING of an honest peer was answered: median over all.</summary>
    public required double PingMedian { get; init; }

    /// <summary>Nine of ten came in this time. Of the PONGs, the simulated network loses some.</summary>
    public required double PingP90 { get; init; }

    /// <summary>The median at the node and the asker where it was longest.</summary>
    public required double PingWorstMedian { get; init; }

    /// <summary>"outsider → 5005".</summary>
    public required string PingWorstPair { get; init; }

    /// <summary>Honest blocks made in this time.</summary>
    public required int Blocks { get; init; }

    /// <summary>Seconds until nine tenths of the honest nodes had one, median; infinite: never.</summary>
    public required double BlockDelay { get; init; }

    /// <summary>"5005 banned 5003"; honest peers, observers and the outsider only.</summary>
    public required IReadOnlyList<string> Banned { get; init; }

    /// <summary>Seconds from the end of the attack until all honest chains were equal; null: they never were.</summary>
    public required double? HealedAfter { get; init; }

    /// <summary>The state of each honest node, if their chains are still different; else empty.</summary>
    public IReadOnlyList<string> Chains { get; init; } = [];

    public required IReadOnlyList<string> Died { get; init; }

    /// <summary>Blocks by which a light peer's chain was ahead of every full one's, at worst.</summary>
    public required int FalseHeaders { get; init; }

    /// <summary>The longest round-trip time in seconds that an honest node believed of another.</summary>
    public required double WorstRoundTrip { get; init; }
}
