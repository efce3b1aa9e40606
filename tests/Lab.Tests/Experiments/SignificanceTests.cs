using Blockchain.Experiments;

namespace Blockchain.Lab.Tests.Experiments;

public sealed class SignificanceTests
{
    /// <summary>The first is p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") of R; the second is not in order.</summary>
    [Theory]
    [InlineData(new[] { 0.01, 0.02, 0.03, 0.04, 0.05 }, new[] { 0.05, 0.08, 0.09, 0.09, 0.09 })]
    [InlineData(new[] { 0.04, 0.005, 0.03, 0.01 }, new[] { 0.06, 0.02, 0.06, 0.03 })]
    [InlineData(new[] { 0.6, double.NaN, 0.01, 0.8 }, new[] { 1, double.NaN, 0.03, 1 })]
    [InlineData(new double[0], new double[0])]
    public void Holm_KnownValues_AreThoseOfTheDefinition(double[] values, double[] adjusted)
    {
        var found = Significance.Holm(values);
        Assert.Equal(adjusted.Length, found.Length);
        Assert.All(adjusted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    /// <summary>
    /// The extra sleep of Student's paper: t.test(extra ~ group, paired = TRUE) in the manual of R gives p = 0.002833.
    /// With one degree of freedom the distribution is Cauchy's: t = 3 has p = 1 - 2 atan(3) / pi.
    /// </summary>
    [Theory]
    [InlineData(new[] { 1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4 }, 0.00283289)]
    [InlineData(new[] { 10.0, 20 }, 0.20483276)]
    [InlineData(new[] { -10.0, -20 }, 0.20483276)]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, 0)]
    [InlineData(new[] { 0.0, 0 }, 1)]
    [InlineData(new[] { 1.0 }, double.NaN)]
    public void OfMean_KnownSample_IsThatOfTheTextbook(double[] differences, double p) =>
        Assert.Equal(p, Significance.OfMean(differences), 1e-8);

    /// <summary>All of eight above zero: 2 of 256. One at zero speaks against it: 18 of 256.</summary>
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6, 7, double.PositiveInfinity }, 2 / 256.0)]
    [InlineData(new[] { 0.0, 2, 3, 4, 5, 6, 7, 8 }, 18 / 256.0)]
    [InlineData(new[] { -1.0, 1 }, 1)]
    public void OfMedian_KnownSample_IsThatOfTheSignTest(double[] differences, double p) =>
        Assert.Equal(p, Significance.OfMedian(differences), 1e-12);

    /// <summary>One difference of five has p = 0.014 by itself, and not with four others.</summary>
    [Fact]
    public void Adjust_OneOfMany_IsNoLongerClear()
    {
        var near = Pairs(1, 2, 1, 3, 1, 0.1);
        Assert.True(near.IsClear);
        Assert.InRange(near.P, 0.0101, 0.049);
        var all = PairedDifference.Adjust([near, .. Enumerable.Repeat(Pairs(1, -1, 2, -2, 1, -1.5), 4)]);
        Assert.Equal(near.P * 5, all[0].Adjusted, 1e-12);
        Assert.True(all[0].Interval.ExcludesZero);
        Assert.False(all[0].IsClear);
    }

    [Fact]
    public void Of_SeedsOfOneAlone_DoNotCount()
    {
        var first = new Dictionary<ulong, double?> { [1] = 1, [2] = 2, [3] = null, [9] = 100 };
        var second = new Dictionary<ulong, double?> { [1] = 3, [2] = 6, [3] = 5, [4] = 7 };
        var difference = PairedDifference.Of(first, second, isMedian: false);
        Assert.Equal((2, 3.0), (difference.Interval.Count, difference.Interval.Mean));
        Assert.Equal(3, PairedDifference.Of(first, second, isMedian: true).Interval.Count);
    }

    [Fact]
    public void Of_NoDifference_IsNoTest() => Assert.True(double.IsNaN(Pairs(0, 0, 0).P));

    private static PairedDifference Pairs(params double[] differences)
    {
        var seeds = Enumerable.Range(1, differences.Length).Select(seed => (ulong)seed).ToArray();
        return PairedDifference.Of(
            seeds.ToDictionary(seed => seed, _ => (double?)0),
            seeds.ToDictionary(seed => seed, seed => (double?)differences[seed - 1]),
            isMedian: false);
    }
}
