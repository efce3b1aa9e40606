using System.Text;
using Blockchain.Experiments.Plots;
using Blockchain.Launching;

namespace Blockchain.Experiments;

/// <summary>Two folders of finished runs, compared seed by seed from their files.</summary>
internal sealed record FinishedComparison(FinishedResults First, FinishedResults Second)
{
    private readonly IReadOnlyList<(string Case, Measure Measure, PairedDifference Difference)> _all =
        Pair(First, Second);

    /// <summary>Measures that only one of them has.</summary>
    public IReadOnlyList<string> LeftOut { get; } =
    [
        .. First.Measures.Select(one => one.Key).Except(Second.Measures.Select(one => one.Key))
            .Union(Second.Measures.Select(one => one.Key).Except(First.Measures.Select(one => one.Key))),
    ];

    /// <returns>Null after what is wrong was added, one line each.</returns>
    public static FinishedComparison? Of(string first, string second, List<string> problems)
    {
        if (FinishedResults.Read(first, problems) is not { } one
            || FinishedResults.Read(second, problems) is not { } other)
        {
            return null;
        }

        if (one.Columns != other.Columns)
        {
            problems.Add($"{first} is of {What(one)}, {second} of {What(other)}; they cannot be compared.");
        }
        else if (!one.Cases.Keys.Any(other.Cases.ContainsKey))
        {
            problems.Add($"{first} and {second} have no value of {one.Columns} in common.");
        }
        else if (!one.Measures.Any(other.Measures.Contains))
        {
            problems.Add($"{first} and {second} have no measure in common; they are of versions too far apart.");
        }

        if (problems.Count > 0)
        {
            return null;
        }

        var comparison = new FinishedComparison(one, other);
        if (comparison._all.All(row => row.Difference.Interval.Count == 0))
        {
            problems.Add($"{first} and {second} have no seed in common, so that no runs can be paired.");
            return null;
        }

        return comparison;
    }

    /// <summary>What differs, for each value that both have.</summary>
    public IEnumerable<string> Sentences() =>
        from row in _all
        group row by row.Case into one
        let differences = one.ToDictionary(row => row.Measure, row => row.Difference)
        from sentence in DifferenceText.Sentences(First.Path, Second.Path, differences)
        select one.Key.Length == 0 ? sentence : $"{First.Columns} {one.Key}: {sentence}";

    /// <summary><c>differences.csv</c>: a line for each case and measure.</summary>
    public string DifferencesCsv() => Csv.Text(
    [
        ["case", "measure", "pairs", "mean_difference", "ci95_low", "ci95_high", "p", "p_holm"],
        .. _all.Select(row => (string[])[row.Case, .. Comparison.DifferenceCells(row.Measure.Key, row.Difference)]),
    ]);

    /// <summary>The table and the page.</summary>
    public string Write(string folder, Provenance provenance)
    {
        Directory.CreateDirectory(folder);
        var (table, page) = (Path.Combine(folder, "differences.csv"), Path.Combine(folder, ResultFolder.Report));
        File.WriteAllText(table, DifferencesCsv(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var command = CommandText.Of(["experiment", "compare", First.Path, Second.Path]);
        File.WriteAllText(
            Path.Combine(folder, Runs.RunFolder.ManifestFile),
            ExperimentManifest.OfFinished(this, command, provenance),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Page(command, provenance).Write(page);
        return page;
    }

    private ReportPage Page(string command, Provenance provenance)
    {
        var page = new ReportPage(
            $"{First.Path} and {Second.Path}", "What differs between two folders of runs that were made before?");
        if (LeftOut.Count > 0)
        {
            page.Warning($"Only one of them has these measures: {string.Join(", ", LeftOut)}.");
        }

        page.Section("What the numbers say");
        foreach (var sentence in Sentences())
        {
            page.Paragraph(sentence);
        }

        page.Section("Differences").Paragraph(
            "Second minus first, over pairs of runs with the same seed, in brackets the 95 % confidence interval. "
            + Provenance.CorrectionNote("all measures and values of this table"));
        page.Table(
            ["value", "measure", "pairs", "difference", "p", "p (Holm)", "clear"],
            [
                .. _all.Where(row => row.Difference.Interval.Count > 0).Select(row => (string[])
                [
                    row.Case, row.Measure.Label, Csv.Number(row.Difference.Interval.Count),
                    .. DifferenceText.Cells(row.Measure, row.Difference),
                ]),
            ]);
        return page.Section("How to repeat it").Code(command).Paragraph(
            $"From the files of both folders; nothing was run again. {Provenance.IntervalNote}");
    }

    private static IReadOnlyList<(string Case, Measure Measure, PairedDifference Difference)> Pair(
        FinishedResults first, FinishedResults second)
    {
        (string Case, Measure Measure)[] keys =
        [
            .. from one in first.Cases.Keys.Where(second.Cases.ContainsKey)
               from measure in first.Measures.Where(second.Measures.Contains)
               select (one, measure),
        ];
        var differences = PairedDifference.Adjust(
        [
            .. keys.Select(key => Difference(
                key.Measure, first.Cases[key.Case][key.Measure], second.Cases[key.Case][key.Measure])),
        ]);
        return [.. keys.Select((key, i) => (key.Case, key.Measure, differences[i]))
            .Where(row => row.Item3.Interval.Count > 0)];
    }

    // A time that no run of both has is no difference.
    private static PairedDifference Difference(
        Measure measure, IReadOnlyDictionary<ulong, double?> first, IReadOnlyDictionary<ulong, double?> second)
    {
        var values = first.Values.Concat(second.Values).ToArray();
        var isSometimesNever = values.Any(value => value is null) && values.Any(value => value is not null);
        return PairedDifference.Of(first, second, measure.IsTime && isSometimesNever);
    }

    private static string What(FinishedResults results) =>
        results.Columns.Length == 0 ? "a single run" : $"an experiment that changes {results.Columns}";
}
