namespace Blockchain.Trials.Running;

/// <summary>What came of a scenario on a host.</summary>
/// <param name="Took">By the clock of the peers.</param>
/// <param name="Broken">Which invariant of the simulator was broken, and how; null: none.</param>
/// <param name="Failure">Null if everything held.</param>
public sealed record TrialResult(
    Scenario Scenario,
    string Host,
    IReadOnlyList<StepResult> Steps,
    TimeSpan Took,
    string? Broken = null,
    TrialFailure? Failure = null)
{
    /// <summary>Only its name: <see cref="BrokenInvariantException.Name"/>.</summary>
    public string? BrokenName { get; init; }

    /// <summary>The worst of the steps: what did not hold is worse than what nobody can tell.</summary>
    public Verdict Verdict => Broken is not null || Has(Verdict.DidNotHold) ? Verdict.DidNotHold
        : Has(Verdict.CouldNotBeTold) || Steps.Count < Scenario.Steps.Count ? Verdict.CouldNotBeTold
        : Verdict.Held;

    private bool Has(Verdict verdict) => Steps.Any(step => step.Judgement.Verdict == verdict);
}
