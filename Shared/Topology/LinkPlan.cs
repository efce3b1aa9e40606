namespace Blockchain.Shared.Topology;

/// <summary>
/// What the file says of the messages that one peer hands to another one. What is null is as to all others.
/// </summary>
/// <param name="To">The next hop.</param>
public sealed record LinkPlan(PeerId To)
{
    public Range<TimeSpan>? Latency { get; init; }

    public LatencyShape? LatencyShape { get; init; }

    /// <summary>Share of the messages that are lost on the way, 0..1.</summary>
    public double? Loss { get; init; }

    /// <summary>How many of them are lost in a row on average.</summary>
    public double? LossBurst { get; init; }

    /// <summary>Bits per second; 0: no limit.</summary>
    public long? Bandwidth { get; init; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => this == new LinkPlan(To);

    /// <summary>The conditions with what it says.</summary>
    internal NetworkConditions Over(NetworkConditions conditions) => new(
        Loss ?? conditions.Loss,
        Latency ?? conditions.Latency,
        LossBurst ?? conditions.Burst,
        LatencyShape ?? conditions.Shape);
}
