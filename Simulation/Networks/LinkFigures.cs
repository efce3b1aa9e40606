using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Networks;

/// <summary>What is the same for all links of a network. Times in ticks.</summary>
internal sealed record LinkFigures
{
    public required LatencyTable Latency { get; init; }

    /// <summary>Per byte between two regions; zero: unlimited.</summary>
    public double InterRegionTicks { get; init; }

    /// <summary>Added to every message but a BLOCK.</summary>
    public long ControlTicks { get; init; }

    /// <summary>Added to a BLOCK.</summary>
    public long BlockTicks { get; init; }

    /// <summary>Share of messages lost, 0..1.</summary>
    public double Loss { get; init; }

    /// <summary>In place of a BLOCK's encoded size.</summary>
    public int? BlockBytes { get; init; }

    /// <summary>Bytes of a compact block; null: blocks travel whole.</summary>
    public int? CompactBytes { get; init; }

    /// <summary>Share of a block's bytes that follow where a compact one was not enough, 0..1.</summary>
    public double RepairShare { get; init; } = 1;
}
