namespace Blockchain.Shared.Tests.Sending;

/// <summary>What is drawn of each shape of latency, against the distribution that its name says.</summary>
public sealed class LatencyShapeTests
{
    private const int Messages = 400_000;
    private const double Median = 0.05;

    /// <summary>Shape, 90th percentile and, by the textbooks' formulas, mean and 99th percentile, in seconds.</summary>
    /// <remarks>
    /// Log-normal: sigma = ln(p90/median)/1.28155, mean = median exp(sigma²/2), p99 = median exp(2.32635 sigma). Pareto:
    /// shape a = ln 5/ln(p90/median), scale = median/2^(1/a), mean = a scale/(a - 1), p99 = scale 100^(1/a).
    /// </remarks>
    [Theory]
    [InlineData(LatencyShape.LogNormal, 0.12, 0.0631402, 0.2449920)]
    [InlineData(LatencyShape.LogNormal, 0.06, 0.0505086, 0.0696153)]
    [InlineData(LatencyShape.Pareto, 0.08, 0.0576827, 0.1567183)]
    [InlineData(LatencyShape.Pareto, 0.06, 0.0521295, 0.0778814)]
    public void NextLatency_ManyMessages_HasTheDistribution(LatencyShape shape, double p90, double mean, double p99)
    {
        var drawn = Draw(new NetworkConditions(0, Ends(Median, p90), Shape: shape));

        AssertNear(Median, Percentile(drawn, 0.5), 0.01);
        AssertNear(p90, Percentile(drawn, 0.9), 0.01);
        AssertNear(p99, Percentile(drawn, 0.99), 0.03);
        AssertNear(mean, drawn.Average(), 0.01);
    }

    [Fact]
    public void NextLatency_Uniform_HasTheMeanAndTheEnds()
    {
        var drawn = Draw(new NetworkConditions(0, Ends(0.02, 0.1)));

        AssertNear(0.06, drawn.Average(), 0.01);
        Assert.InRange(drawn[0], 0.02, 0.0201);
        Assert.InRange(drawn[^1], 0.0999, 0.1);
    }

    [Theory]
    [InlineData(LatencyShape.LogNormal)]
    [InlineData(LatencyShape.Pareto)]
    public void NextLatency_EqualEnds_IsThat(LatencyShape shape) =>
        Assert.All(Draw(new NetworkConditions(0, Ends(0.3, 0.3), Shape: shape), 100), time => Assert.Equal(0.3, time));

    [Fact]
    public void NextLatency_OfAnyUniformNumber_StaysWithinTheLongestDuration()
    {
        foreach (var uniform in (double[])[0, double.Epsilon, 0.5, 1 - 1e-16, Math.BitDecrement(1)])
        {
            var wide = LatencyShapes.Draw(LatencyShape.LogNormal, Ends(1, 36_000_000), uniform);
            Assert.InRange(wide, TimeSpan.Zero, Durations.Longest);
        }
    }

    /// <summary>Quantiles of the standard normal distribution, from tables.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815516)]
    [InlineData(0.975, 1.9599640)]
    [InlineData(0.01, -2.3263479)]
    [InlineData(0.0001, -3.7190165)]
    [InlineData(1e-12, -7.0344838)]
    public void NormalQuantile_OfAProbability_IsThatOfTheTables(double probability, double expected) =>
        Assert.Equal(expected, PortableMath.NormalQuantile(probability), 1e-6);

    private static Range<TimeSpan> Ends(double min, double max) => new(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max));

    private static double[] Draw(NetworkConditions conditions, int count = Messages)
    {
        Assert.Null(conditions.Problem);
        var random = new SeededRandom(1);
        return [.. Enumerable.Range(0, count).Select(_ => conditions.NextLatency(random).TotalSeconds).Order()];
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)(share * sorted.Length)];

    private static void AssertNear(double expected, double actual, double share) =>
        Assert.InRange(actual, expected * (1 - share), expected * (1 + share));
}
