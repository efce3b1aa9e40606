using Blockchain.Trials.Running;

namespace Blockchain.Trials.Reports;

/// <summary>
/// A suite for each run of a scenario, a case for each of its steps. What did not hold is a failure, what could not be
/// told an error.
/// </summary>
public static class JUnitReport
{
    public static string Write(IReadOnlyList<TrialResult> results) => JUnit.Write(results.Select(Suite));

    private static JUnitSuite Suite(TrialResult result)
    {
        var cases = result.Steps.Select(step => Case(result, step.Step.ToString(), step.Took, step.Judgement));
        if (result.Broken is { } broken)
        {
            cases = cases.Append(Case(result, "invariants", result.Took, Judgement.DidNotHold(broken)));
        }

        return new JUnitSuite(
            TrialText.Name(result),
            [.. cases],
            result.Took,
            result.Failure is { } failure ? string.Join('\n', TrialText.Lines(failure)) : "");
    }

    private static JUnitCase Case(TrialResult result, string name, TimeSpan took, Judgement judgement)
    {
        var outcome = judgement.Verdict switch
        {
            Verdict.Held => JUnitOutcome.Success,
            Verdict.DidNotHold => JUnitOutcome.Failure,
            _ => JUnitOutcome.Error,
        };
        return new JUnitCase(result.Scenario.Name, name, outcome, judgement.Detail, Took: took);
    }
}
