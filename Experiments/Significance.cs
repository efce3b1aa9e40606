using MathNet.Numerics.Distributions;

namespace Blockchain.Experiments;

/// <summary>How likely differences at least as far from zero are if only chance made them.</summary>
internal static class Significance
{
    /// <summary>Below it, a difference is called clear.</summary>
    public const double Level = 1 - Interval.Confidence;

    /// <summary>
    /// Of the two-sided t-test of a mean of zero; it is below 5 % where zero is outside <see cref="Interval.Of"/>.
    /// </summary>
    /// <returns>NaN of fewer than two differences, which say nothing about their spread.</returns>
    public static double OfMean(IReadOnlyCollection<double> differences)
    {
        var count = differences.Count;
        if (count < 2)
        {
            return double.NaN;
        }

        var first = differences.First();
        var mean = first + (differences.Sum(value => value - first) / count);
        var error = Math.Sqrt(differences.Sum(value => (value - mean) * (value - mean)) / (count - 1) / count);
        return (mean, error) switch
        {
            (0, _) => 1,
            (_, 0) => 0,
            _ => 2 * StudentT.CDF(location: 0, scale: 1, freedom: count - 1, x: -Math.Abs(mean / error)),
        };
    }

    /// <summary>
    /// Of the two-sided sign test of a median of zero, with a zero counted against it; it is below 5 % where zero is
    /// outside <see cref="Interval.OfMedian"/>.
    /// </summary>
    /// <returns>NaN of no difference.</returns>
    public static double OfMedian(IReadOnlyCollection<double> differences)
    {
        var fewer = Math.Min(differences.Count(value => value <= 0), differences.Count(value => value >= 0));
        return differences.Count == 0 ? double.NaN : Math.Min(1, 2 * Binomial.CDF(0.5, differences.Count, fewer));
    }

    /// <summary>
    /// p-values adjusted so that of all of them together, one or more is below 5 % by chance in at most 5 % of the
    /// cases: the k-th least times the number of those that are not less, and never less than the one before (S. Holm,
    /// "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979). It holds
    /// however the tests depend on each other.
    /// </summary>
    /// <param name="values">NaN where there is no test; it does not count.</param>
    /// <returns>In the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> values)
    {
        var adjusted = values.ToArray();
        int[] order =
        [
            .. Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i]),
        ];
        var least = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            least = Math.Max(least, Math.Min(1, values[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = least;
        }

        return adjusted;
    }
}
