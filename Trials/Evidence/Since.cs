using Blockchain.Shared;

namespace Blockchain.Trials.Evidence;

/// <summary>From when on something counts: a time since the start of the run, or a step by its name.</summary>
public sealed record Since(TimeSpan? Time, string? Label)
{
    public override string ToString() => $" since {(Time is { } time ? Durations.Format(time) : Label)}";
}
