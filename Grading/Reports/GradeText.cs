using System.Globalization;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;

namespace Blockchain.Grading.Reports;

/// <summary>What came of checks, in the words of the pages and files that students see.</summary>
internal static class GradeText
{
    private const int MostReasons = 12;

    public static string Points(double points) => points.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>"2.4 of 3".</summary>
    public static string Score(Check check, CheckResult result) =>
        $"{Points(Grade.ScoreOf(check, result))} of {Points(check.Weight)}";

    /// <summary>"16 of 20 seeds held, 4 were broken".</summary>
    public static string Counts(Check check, CheckResult result)
    {
        var what = check switch
        {
            RuleCheck => result.Runs.Count == 1 ? "rule" : "rules",
            ScenarioCheck { IsHidden: true } => "hidden seeds",
            _ => result.Runs.Count == 1 ? "seed" : "seeds",
        };
        var unknown = result.Runs.Count(run => run.Outcome == Outcome.Unknown);
        return $"{result.Held} of {result.Runs.Count} {what} held"
            + (unknown > 0 ? $"; of {unknown} it could not be told, which counts as not held" : "");
    }

    public static string Words(Outcome outcome) => outcome switch
    {
        Outcome.Held => "held",
        Outcome.Broken => "did not hold",
        _ => "could not be told",
    };

    /// <summary>
    /// What did not hold, the same reasons together. Of hidden runs without their names and with nothing that tells the
    /// seed.
    /// </summary>
    public static IReadOnlyList<(string Runs, Outcome Outcome, string Reason)> Reasons(Check check, CheckResult result)
    {
        var isHidden = check is ScenarioCheck { IsHidden: true };
        return
        [
            .. result.Runs.Where(run => run.Outcome != Outcome.Held)
                .GroupBy(run => (run.Outcome, Reason: isHidden ? run.PublicReason : run.Reason))
                .Select(group => (
                    isHidden ? $"{group.Count()} hidden" : Names([.. group.Select(run => run.Name)]),
                    group.Key.Outcome,
                    group.Key.Reason))
                .Take(MostReasons),
        ];
    }

    /// <summary>The output of a check for people, in lines.</summary>
    public static string Output(Check check, CheckResult result) => string.Join(
        '\n',
        Reasons(check, result).Select(one => $"{one.Runs} {Words(one.Outcome)}: {one.Reason}")
            .Prepend(Counts(check, result)));

    /// <summary>"seed 3, 5, 8".</summary>
    private static string Names(string[] names)
    {
        const string Seed = "seed ";
        return names.All(name => name.StartsWith(Seed, StringComparison.Ordinal))
            ? $"{Seed}{string.Join(", ", names.Select(name => name[Seed.Length..]))}"
            : string.Join(", ", names);
    }
}
