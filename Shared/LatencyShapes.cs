namespace Blockchain.Shared;

/// <summary>
/// The shapes of latencies by the names that <c>"latencyShape"</c> has for them in <c>peers.json</c>, and how a latency
/// is drawn. Delays on the internet skew to the right: Zhang and He ("Modeling end-to-end delay using Pareto
/// distribution", ICIMP 2007) find Pareto's distribution in them, and compare it with the log-normal one. Both are told
/// here by median and 90th percentile, which anybody can read off measurements.
/// </summary>
public static class LatencyShapes
{
    /// <summary>
    /// With five times Pareto's distribution would have no mean, and near it one that no sample shows.
    /// </summary>
    internal const double MostParetoSpread = 4;

    /// <summary>The standard normal distribution's.</summary>
    private const double NinetiethPercentile = 1.2815515655446004;

    /// <summary>From the median to the 90th percentile of Pareto's distribution is 5 to the power of 1/shape.</summary>
    private const double LnFive = 1.6094379124341003;

    private const double LnTwo = 0.6931471805599453;

    internal static Registry<LatencyShape> Kinds { get; } = new(
        "latency shape",
        ("uniform", LatencyShape.Uniform),
        ("log-normal", LatencyShape.LogNormal),
        ("pareto", LatencyShape.Pareto));

    public static Registry All => Kinds;

    public static string NameOf(LatencyShape shape) => Kinds.Names[(int)shape];

    /// <summary>One latency, by the inverse of the distribution, and so with one number.</summary>
    /// <param name="ends">What they are depends on the shape.</param>
    /// <param name="uniform">In [0, 1).</param>
    internal static TimeSpan Draw(LatencyShape shape, Range<TimeSpan> ends, double uniform)
    {
        if (shape == LatencyShape.Uniform || ends.Min == ends.Max)
        {
            return ends.Min + ((ends.Max - ends.Min) * uniform);
        }

        var spread = PortableMath.Log(ends.Max / ends.Min);
        var exponent = shape == LatencyShape.LogNormal
            ? spread / NinetiethPercentile * PortableMath.NormalQuantile(uniform)
            : spread / LnFive * (PortableMath.Exponential(uniform) - LnTwo);
        var ticks = ends.Min.Ticks * PortableMath.Exp(exponent);
        return TimeSpan.FromTicks((long)Math.Min(ticks, Durations.Longest.Ticks));
    }
}
