using Blockchain.Launching;

namespace Blockchain.Experiments;

/// <summary>Two configurations, run with the same seeds.</summary>
/// <param name="Sweep">Its two cases.</param>
/// <param name="Command">What makes it again.</param>
internal sealed record Comparison(Sweep Sweep, string Command)
{
    /// <inheritdoc cref="Study.Until"/>
    public StoppingRule? Until { get; init; }

    public string First => Sweep.Cases[0].Label;

    public string Second => Sweep.Cases[1].Label;

    /// <param name="problems">What is wrong, one line each.</param>
    /// <returns>Null if there are problems.</returns>
    public static Comparison? Plan(string first, string second, ExperimentOptions options, List<string> problems)
    {
        var configs = new[] { first, second }.Select(path => BaseFile.Read(path, problems)).ToArray();
        if (configs is not [{ } one, { } other])
        {
            return null;
        }

        if (options.Blocks is { } blocks)
        {
            (one, other) = (Changes.Blocks(one, blocks), Changes.Blocks(other, blocks));
        }

        var (name, otherName) = (Path.GetFileName(first), Path.GetFileName(second));
        if (name == otherName)
        {
            (name, otherName) = ($"{name} (first)", $"{name} (second)");
        }

        var sweep = new Sweep("configuration", [new Case(name, 0, one), new Case(otherName, 1, other)], options.Seeds);
        problems.AddRange(sweep.Problems());
        var until = StoppingRule.Of(options, Measures.Half, problems);
        string[] words =
        [
            "experiment", "compare", first, second, "--seeds", Csv.Number(options.Seeds),
            .. options.Blocks is { } asked ? ["--blocks", Csv.Number(asked)] : Array.Empty<string>(),
            .. until?.Words() ?? [],
        ];
        return problems.Count > 0 ? null : new Comparison(sweep, CommandText.Of(words)) { Until = until };
    }

    /// <summary>Second minus first, over the seeds.</summary>
    public static Interval Difference(Summary summary, Measure measure) => summary.Difference(0, 1, measure);

    /// <summary>Of all measures that both have, corrected for their number.</summary>
    public static IReadOnlyDictionary<Measure, PairedDifference> Differences(Summary summary)
    {
        Measure[] measures = [.. Comparable(summary)];
        return measures
            .Zip(PairedDifference.Adjust([.. measures.Select(measure => summary.Paired(0, 1, measure))]))
            .ToDictionary();
    }

    /// <summary>Measures that both have.</summary>
    public static IEnumerable<Measure> Comparable(Summary summary) =>
        Measures.All.Where(measure => Difference(summary, measure).Count > 0);

    /// <summary><c>differences.csv</c>: a line for each measure.</summary>
    public static string DifferencesCsv(Summary summary)
    {
        var differences = Differences(summary);
        return Csv.Text(
        [
            ["measure", "pairs", "mean_difference", "ci95_low", "ci95_high", "p", "p_holm"],
            .. Measures.All.Select(measure => DifferenceCells(
                measure.Key,
                differences.TryGetValue(measure, out var difference)
                    ? difference
                    : new PairedDifference(Difference(summary, measure), double.NaN))),
        ]);
    }

    /// <summary>In the order of the columns of <c>differences.csv</c>, from <c>measure</c> on.</summary>
    public static string[] DifferenceCells(string measure, PairedDifference difference) =>
    [
        measure, Csv.Number(difference.Interval.Count), Csv.Number(difference.Interval.Mean),
        Csv.Number(difference.Interval.Low), Csv.Number(difference.Interval.High), Csv.Number(difference.P),
        Csv.Number(difference.Adjusted),
    ];
}
