using Blockchain.Experiments.Plots;

namespace Blockchain.Experiments;

/// <summary>The page of a comparison: both configurations side by side, and what differs by more than chance.</summary>
internal static class ComparisonReport
{
    public static ReportPage Of(
        Comparison comparison, SweepResult result, Summary summary, Picture picture, Provenance provenance)
    {
        var page = new ReportPage(
            $"{comparison.First} and {comparison.Second}", "What differs between two configurations that are run "
            + "with the same seeds?");
        if (!result.IsComplete)
        {
            page.Warning($"Interrupted: {result.Rows.Count} of {result.Sweep.Runs} runs were finished. What follows "
                + "is about these.");
        }

        if (result.Sweep.FewSeeds is { } few)
        {
            page.Warning(few);
        }

        page.Section("What the numbers say");
        foreach (var sentence in Sentences(comparison, summary))
        {
            page.Paragraph(sentence);
        }

        page.Picture(picture);
        page.Section("Side by side").Paragraph(
            "Mean over the seeds, in brackets its 95 % confidence interval. Difference: second minus first, over "
            + "pairs of runs with the same seed. A difference is called clear if zero is outside its interval.");
        page.Table(
            ["measure", comparison.First, comparison.Second, "difference", "clear"],
            [.. Measures.All.Select(measure => Row(summary, measure))]);
        page.Section("How it was done")
            .Paragraph($"Both were run with the seeds 1 to {result.Sweep.Seeds}. {Provenance.IntervalNote}")
            .Table(
                ["measure", "definition"],
                [.. Measures.All.Select(measure => new[] { measure.Name, measure.Definition })]);
        return provenance.AddTo(page, comparison.Command);
    }

    /// <summary>One for each clear difference, and one for all others together.</summary>
    public static IEnumerable<string> Sentences(Comparison comparison, Summary summary)
    {
        var (same, unclear) = (new List<string>(), new List<string>());
        foreach (var measure in Comparison.Comparable(summary))
        {
            var difference = Comparison.Difference(summary, measure);
            if (difference is { Mean: 0, Low: 0 or double.NaN, High: 0 or double.NaN })
            {
                same.Add(measure.Name);
            }
            else if (!difference.ExcludesZero)
            {
                unclear.Add(measure.Name);
            }
            else
            {
                yield return $"{measure.Name}: {(difference.Mean > 0 ? "higher" : "lower")} with "
                    + $"{comparison.Second} than with {comparison.First}, "
                    + $"by {Lesson.Difference(measure, difference)}.";
            }
        }

        if (same.Count > 0)
        {
            yield return $"Exactly the same in both: {string.Join("; ", same)}.";
        }

        if (unclear.Count > 0)
        {
            yield return $"No difference beyond chance: {string.Join("; ", unclear)}.";
        }
    }

    private static string[] Row(Summary summary, Measure measure)
    {
        var difference = Comparison.Difference(summary, measure);
        return
        [
            measure.Label,
            SweepReport.Cell(measure, summary.Of(0, measure)),
            SweepReport.Cell(measure, summary.Of(1, measure)),
            difference.Count == 0 ? "–"
                : difference.IsKnown
                    ? $"{Lesson.Signed(measure, difference.Mean)} [{Lesson.Signed(measure, difference.Low)}, "
                        + $"{Lesson.Signed(measure, difference.High)}]"
                    : Lesson.Signed(measure, difference.Mean),
            difference.ExcludesZero ? "yes" : "no",
        ];
    }
}
