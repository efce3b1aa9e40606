namespace Blockchain.Shared;

/// <summary>What the simulated network does to the messages of one peer.</summary>
/// <param name="Loss">Share of them that are lost on the way, 0..1.</param>
/// <param name="Latency">That of each is drawn uniformly from this range.</param>
public readonly record struct NetworkConditions(double Loss, Range<TimeSpan> Latency)
{
    /// <summary>What <see cref="IsValid"/> asks for, in one sentence.</summary>
    public static string Rule { get; } =
        $"loss must be from 0 to 1, and latency from 0 to {Durations.Format(Durations.Longest)} with min at most max";

    public bool IsValid =>
        Loss is >= 0 and <= 1
        && Latency.Min >= TimeSpan.Zero
        && Latency.Min <= Latency.Max
        && Latency.Max <= Durations.Longest;
}
