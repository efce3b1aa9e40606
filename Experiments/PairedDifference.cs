namespace Blockchain.Experiments;

/// <summary>What two samples differ by, seed by seed: where a seed alone makes a run better or worse, it does so in both.</summary>
/// <param name="Interval">Of the second minus the first.</param>
/// <param name="P">NaN where there is no test: fewer than two pairs, or no difference in any.</param>
internal readonly record struct PairedDifference(Interval Interval, double P)
{
    /// <summary><see cref="P"/> after the correction for all differences that are looked at together.</summary>
    public double Adjusted { get; init; } = P;

    /// <summary>Whether it is more than chance, after the correction.</summary>
    public bool IsClear => Interval.ExcludesZero && Adjusted < Significance.Level;

    public bool IsNone => Interval is { Mean: 0, Low: 0 or double.NaN, High: 0 or double.NaN };

    /// <summary>A paired t-test; of times that may be infinite a sign test.</summary>
    /// <param name="first">By seed; seeds of one alone do not count, and null neither.</param>
    /// <param name="isMedian">Whether it is a time to which some run never came, where null is infinity.</param>
    public static PairedDifference Of(
        IReadOnlyDictionary<ulong, double?> first, IReadOnlyDictionary<ulong, double?> second, bool isMedian)
    {
        var pairs = first.Where(row => second.ContainsKey(row.Key)).Select(row => (row.Value, Other: second[row.Key]));
        if (isMedian)
        {
            double[] times =
            [
                .. from pair in pairs
                   let difference = Time(pair.Other) - Time(pair.Value)
                   select double.IsNaN(difference) ? 0 : difference,
            ];
            return With(Interval.OfMedian(times), Significance.OfMedian(times));
        }

        double[] differences = [.. pairs.Select(pair => pair.Other - pair.Value).OfType<double>()];
        return With(Interval.Of(differences), Significance.OfMean(differences));
    }

    /// <summary>The same with the correction of Holm for all of them.</summary>
    public static IReadOnlyList<PairedDifference> Adjust(IReadOnlyList<PairedDifference> all)
    {
        var adjusted = Significance.Holm([.. all.Select(one => one.P)]);
        return [.. all.Select((one, i) => one with { Adjusted = adjusted[i] })];
    }

    private static PairedDifference With(Interval interval, double p)
    {
        var difference = new PairedDifference(interval, p);
        return difference.IsNone ? difference with { P = double.NaN, Adjusted = double.NaN } : difference;
    }

    private static double Time(double? value) => value ?? double.PositiveInfinity;
}
