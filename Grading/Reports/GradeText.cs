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
    /// What did not hold, reasons of one kind together, with the words of the first. Of hidden runs without their names
    /// and with nothing that tells the seed.
    /// </summary>
    public static IReadOnlyList<(string Runs, Outcome Outcome, string Reason)> Reasons(Check check, CheckResult result)
    {
        var isHidden = check is ScenarioCheck { IsHidden: true };
        var groups = result.Runs.Where(run => run.Outcome != Outcome.Held)
            .Select(run => (run.Name, run.Outcome, Reason: isHidden ? run.PublicReason : run.Reason))
            .GroupBy(run => (run.Outcome, Kind: ReasonText.KindOf(run.Reason))).ToArray();
        var shown = groups.Take(MostReasons).Select(group => (
            isHidden ? $"{group.Count()} hidden" : Names([.. group.Select(run => run.Name)]),
            group.Key.Outcome,
            ReasonText.Of(group.First().Reason)));
        var rest = groups.Skip(MostReasons).Sum(group => group.Count());
        return rest == 0
            ? [.. shown]
            : [.. shown, ($"{rest} more", groups[^1].Key.Outcome, "for other reasons of the same sort")];
    }

    /// <summary>The output of a check for people, in lines.</summary>
    public static string Output(Check check, CheckResult result) => string.Join(
        '\n',
        Reasons(check, result).Select(one => $"{one.Runs} {Words(one.Outcome)}: {one.Reason}")
            .Prepend(Counts(check, result)));

    /// <summary>"seed 3, 5 to 8".</summary>
    private static string Names(string[] names)
    {
        const string Seed = "seed ";
        if (!names.All(name => name.StartsWith(Seed, StringComparison.Ordinal)))
        {
            return string.Join(", ", names);
        }

        var ranges = new List<(ulong First, ulong Last)>();
        foreach (var seed in names.Select(name => ulong.Parse(name[Seed.Length..], CultureInfo.InvariantCulture)))
        {
            if (ranges is [.., var (first, last)] && seed == last + 1)
            {
                ranges[^1] = (first, seed);
            }
            else
            {
                ranges.Add((seed, seed));
            }
        }

        return Seed + string.Join(", ", ranges.Select(range => range.Last == range.First ? $"{range.First}"
            : $"{range.First}{(range.Last == range.First + 1 ? ", " : " to ")}{range.Last}"));
    }
}
