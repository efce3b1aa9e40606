using Blockchain.Trials.Reports;

namespace Blockchain.Conformance.Reports;

/// <summary>
/// A suite for each form, a case for each test. What is broken is a failure, what could not be told is skipped.
/// </summary>
public static class JUnitReport
{
    public static string Write(IReadOnlyList<ConformanceReport> reports) => JUnit.Write(reports.Select(report =>
        new JUnitSuite(
            $"{report.Testee} ({report.Form}, seed {report.Seed})", [.. report.Results.Select(Case)])));

    private static JUnitCase Case(RuleResult result)
    {
        var name = result.Test.Length > 0 ? result.Test : result.Sentence;
        return result.Verdict switch
        {
            RuleVerdict.Held => new JUnitCase(result.Rule, name),
            RuleVerdict.Broken => new JUnitCase(
                result.Rule,
                name,
                JUnitOutcome.Failure,
                result.Reason,
                $"{result.Rule}: {result.Sentence}\n\n{string.Join('\n', result.Lines.Select(VerdictText.Of))}"),
            _ => new JUnitCase(result.Rule, name, JUnitOutcome.Skipped, result.Reason),
        };
    }
}
