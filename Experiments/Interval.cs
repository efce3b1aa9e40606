using MathNet.Numerics.Distributions;

namespace Blockchain.Experiments;

/// <summary>
/// The mean or the median of a sample, and the interval in which the true one is to be expected.
/// </summary>
/// <param name="Count">Size of the sample.</param>
/// <param name="Mean">NaN of an empty sample. Of times that may be infinite, the median: it may be infinite too.</param>
/// <param name="Low">NaN of a sample of fewer than two, which says nothing about its spread.</param>
/// <param name="High">As <paramref name="Low"/>.</param>
internal readonly record struct Interval(int Count, double Mean, double Low, double High)
{
    /// <summary>How many of the sample are infinite: what took so long never happened.</summary>
    public int Never { get; init; }

    /// <summary>How often, of many such intervals, the true mean is inside.</summary>
    public const double Confidence = 0.95;

    /// <summary>Whether there is a spread to speak of.</summary>
    public bool IsKnown => !double.IsNaN(Low);

    /// <summary>Whether zero is outside, so that the mean of differences is more than chance.</summary>
    public bool ExcludesZero => IsKnown && (Low > 0 || High < 0);

    /// <summary>
    /// The median, and the two order statistics nearest to it between which the true one lies with at least this
    /// confidence, whatever the distribution (David and Nagaraja, "Order Statistics", 3rd ed. 2003, section 7.1): with n
    /// values the r-th least and the r-th greatest, where a binomial variable of n and ½ is below r in at most 2.5 % of
    /// the cases. Fewer than six values have no such interval.
    /// </summary>
    /// <param name="sample">Infinity for what never happened; no difference of two of these.</param>
    public static Interval OfMedian(IEnumerable<double> sample)
    {
        double[] sorted = [.. sample.Order()];
        var count = sorted.Length;
        if (count == 0)
        {
            return Of([]);
        }

        var middle = count / 2;
        var median = count % 2 == 1 || double.IsInfinity(sorted[middle]) || double.IsInfinity(sorted[middle - 1])
            ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
        var rank = 0;
        while (Binomial.CDF(0.5, count, rank) <= (1 - Confidence) / 2)
        {
            rank++;
        }

        return new Interval(
            count, median, rank == 0 ? double.NaN : sorted[rank - 1], rank == 0 ? double.NaN : sorted[count - rank])
        {
            Never = sorted.Count(double.IsInfinity),
        };
    }

    /// <summary>
    /// mean ± t · s / √n, where s is the sample's standard deviation (with n - 1) and t the 97.5 % quantile of
    /// Student's distribution with n - 1 degrees of freedom (Student, "The probable error of a mean",
    /// Biometrika 6, 1908).
    /// </summary>
    public static Interval Of(IReadOnlyCollection<double> sample)
    {
        var count = sample.Count;
        if (count == 0)
        {
            return new Interval(0, double.NaN, double.NaN, double.NaN);
        }

        // Equal values have exactly this mean; a sum of them, divided, may miss it by a bit.
        var first = sample.First();
        var mean = first + (sample.Sum(value => value - first) / count);
        if (count == 1)
        {
            return new Interval(1, mean, double.NaN, double.NaN);
        }

        var deviation = Math.Sqrt(sample.Sum(value => (value - mean) * (value - mean)) / (count - 1));
        var quantile = StudentT.InvCDF(location: 0, scale: 1, freedom: count - 1, p: (1 + Confidence) / 2);
        var half = deviation == 0 ? 0 : quantile * deviation / Math.Sqrt(count);
        return new Interval(count, mean, mean - half, mean + half);
    }
}
