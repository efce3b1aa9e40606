namespace Blockchain.Experiments;

/// <summary>
/// Means and confidence intervals over the seeds. Of a time that some run never came to, medians, in which that run counts
/// as longer than all others: those that came to it are no fair sample.
/// </summary>
internal sealed class Summary
{
    private readonly SweepResult _result;
    private readonly SweepRow[][] _byCase;

    public Summary(SweepResult result)
    {
        _result = result;
        _byCase = [.. result.Sweep.Cases.Select((_, i) => result.Rows.Where(row => row.Case == i).ToArray())];
    }

    public IReadOnlyList<Case> Cases => _result.Sweep.Cases;

    /// <summary>Whether some run never came to it.</summary>
    public bool IsMedian(Measure measure) => measure.IsTime && _result.Rows.Any(row => row[measure] is null)
        && _result.Rows.Any(row => row[measure] is not null);

    /// <summary>Over the runs of the case: all of them for a time, else those that have this measure.</summary>
    public Interval Of(int index, Measure measure) => IsMedian(measure)
        ? Interval.OfMedian(_byCase[index].Select(row => Time(row, measure)))
        : Interval.Of([.. _byCase[index].Select(row => row[measure]).OfType<double>()]);

    /// <summary>Of the differences between two cases with the same seed, the second minus the first.</summary>
    public Interval Difference(int first, int second, Measure measure) => Paired(first, second, measure).Interval;

    /// <inheritdoc cref="Difference"/>
    public PairedDifference Paired(int first, int second, Measure measure) =>
        PairedDifference.Of(BySeed(first, measure), BySeed(second, measure), IsMedian(measure));

    /// <summary>What each run of a case has.</summary>
    public IReadOnlyDictionary<ulong, double?> BySeed(int index, Measure measure) =>
        _byCase[index].ToDictionary(row => row.Seed, row => row[measure]);

    /// <summary>Cases of which some run has the measure.</summary>
    public IReadOnlyList<int> With(Measure measure) =>
        [.. Enumerable.Range(0, Cases.Count).Where(i => Of(i, measure).Count > 0)];

    /// <summary>Infinity as pandas, R and DuckDB read it.</summary>
    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "inf" : Experiments.Csv.Number(value);

    private static double Time(SweepRow row, Measure measure) => row[measure] ?? double.PositiveInfinity;

    /// <summary><c>summary.csv</c>: a line for each case and measure.</summary>
    public string Csv() => Experiments.Csv.Text(
    [
        [.. _result.Sweep.Columns, "measure", "n", "never", "statistic", "value", "ci95_low", "ci95_high"],
        .. from index in Enumerable.Range(0, Cases.Count)
           from measure in Measures.All
           let interval = Of(index, measure)
           select (string[])
           [
               .. Cases[index].Labels, measure.Key, Experiments.Csv.Number(interval.Count),
               Experiments.Csv.Number(interval.Never), IsMedian(measure) ? "median" : "mean",
               Number(interval.Mean), Number(interval.Low), Number(interval.High),
           ],
    ]);
}
