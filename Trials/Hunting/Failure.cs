using Blockchain.Shared;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Hunting;

/// <summary>A run in which something was not as it must be.</summary>
/// <param name="Result">What came of the run, which ended there.</param>
/// <param name="Blocks">Who made a block when, since the network was up.</param>
public sealed record Failure(TrialResult Result, IReadOnlyList<(TimeSpan At, PeerId Maker)> Blocks)
{
    public Scenario Scenario => Result.Scenario;

    /// <summary>What was broken that must always hold; null: an expectation did not hold.</summary>
    public string? Broken => Result.BrokenName;

    /// <summary>What was expected; null: something was broken.</summary>
    public StepResult? Step => Broken is null ? Result.Steps[^1] : null;

    /// <summary>In one line: what was broken, or what was expected.</summary>
    public string What => Broken ?? Step!.Step.ToString();

    /// <summary>In one line: how.</summary>
    public string How => Result.Broken ?? Step!.Judgement.Detail;

    /// <summary>Null if nothing was wrong, or nobody could tell.</summary>
    public static Failure? Of(TrialResult result, IReadOnlyList<(TimeSpan At, PeerId Maker)> blocks)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.BrokenName is not null
            || result.Steps is [.., { Judgement.Verdict: Verdict.DidNotHold }]
                ? new Failure(result, blocks)
                : null;
    }
}
