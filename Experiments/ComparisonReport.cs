using Blockchain.Experiments.Plots;

namespace Blockchain.Experiments;

/// <summary>The page of a comparison: both configurations side by side, and what differs by more than chance.</summary>
internal static class ComparisonReport
{
    public static ReportPage Of(
        Comparison comparison, SweepResult result, Summary summary, Picture picture, Provenance provenance)
    {
        var differences = Comparison.Differences(summary);
        var page = new ReportPage(
            $"{comparison.First} and {comparison.Second}", "What differs between two configurations that are run "
            + "with the same seeds?");
        SweepReport.Warnings(page, result);
        page.Section("What the numbers say");
        foreach (var sentence in Sentences(comparison, summary))
        {
            page.Paragraph(sentence);
        }

        page.Picture(picture);
        page.Section("Side by side").Paragraph(
            "Mean over the seeds, in brackets its 95 % confidence interval. Difference: second minus first, over "
            + "pairs of runs with the same seed. "
            + Provenance.CorrectionNote("all measures of this table"));
        page.Table(
            ["measure", comparison.First, comparison.Second, "difference", "p", "p (Holm)", "clear"],
            [.. Measures.All.Select(measure => Row(summary, measure, differences))]);
        page.Section("How it was done")
            .Paragraph($"Both were run with the seeds 1 to {result.Sweep.Seeds}. {Provenance.IntervalNote}")
            .Table(
                ["measure", "definition"],
                [.. Measures.All.Select(measure => new[] { measure.Name, measure.Definition })]);
        return provenance.AddTo(page, comparison.Command);
    }

    public static IEnumerable<string> Sentences(Comparison comparison, Summary summary) =>
        DifferenceText.Sentences(comparison.First, comparison.Second, Comparison.Differences(summary));

    private static string[] Row(
        Summary summary, Measure measure, IReadOnlyDictionary<Measure, PairedDifference> differences) =>
    [
        measure.Label,
        SweepReport.Cell(measure, summary.Of(0, measure)),
        SweepReport.Cell(measure, summary.Of(1, measure)),
        .. differences.TryGetValue(measure, out var difference)
            ? DifferenceText.Cells(measure, difference)
            : ["–", "–", "–", "no"],
    ];
}
