namespace Blockchain.Experiments.Fidelity;

/// <summary>When is measured, alike for processes and in virtual time.</summary>
/// <param name="Measure">How long.</param>
internal sealed record Schedule(TimeSpan Measure)
{
    /// <summary>From when all peers are up until the measurement: processes start one after the other.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After it, without new blocks, so that the last ones arrive.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Total => WarmUp + Measure + Settle;
}
