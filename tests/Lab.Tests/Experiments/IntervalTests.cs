using Blockchain.Experiments;

namespace Blockchain.Lab.Tests.Experiments;

public sealed class IntervalTests
{
    /// <summary>
    /// With the quantiles of printed tables, 2.776445 for four degrees of freedom and 12.7062 for one; the second is
    /// the
    /// extra sleep of Student's paper, whose interval is that of t.test in the manual of R.
    /// </summary>
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, 3.0, 1.036757, 4.963243)]
    [InlineData(new[] { 1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4 }, 1.58, 0.7001142, 2.4598858)]
    [InlineData(new[] { 10.0, 20 }, 15.0, -48.53102, 78.53102)]
    public void Of_KnownSample_IsThatOfTheTextbook(double[] sample, double mean, double low, double high)
    {
        var interval = Interval.Of(sample);
        Assert.Equal(sample.Length, interval.Count);
        Assert.Equal(mean, interval.Mean, 1e-9);
        Assert.Equal(low, interval.Low, 1e-5);
        Assert.Equal(high, interval.High, 1e-5);
    }

    [Fact]
    public void Of_EqualValues_IsExactlyThem()
    {
        var interval = Interval.Of([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
        Assert.Equal(new Interval(7, 0.1, 0.1, 0.1), interval);
    }

    [Fact]
    public void Of_OneValue_KnowsNoSpread()
    {
        var interval = Interval.Of([3.0]);
        Assert.Equal((1, 3.0), (interval.Count, interval.Mean));
        Assert.False(interval.IsKnown);
        Assert.True(double.IsNaN(interval.Low) && double.IsNaN(interval.High));
        Assert.False(interval.ExcludesZero);
    }

    /// <summary>Of eight values the least and the greatest: the median is outside in 1 of 128 cases.</summary>
    [Fact]
    public void OfMedian_WithRunsThatNeverCame_CountsThemAsLongest()
    {
        const double Never = double.PositiveInfinity;
        var interval = Interval.OfMedian([3, Never, 1, 2, 5, 4, Never, 6]);
        Assert.Equal((8, 2, 4.5), (interval.Count, interval.Never, interval.Mean));
        Assert.Equal((1.0, Never), (interval.Low, interval.High));
        Assert.Equal(Never, Interval.OfMedian([1, Never, Never]).Mean);
    }

    /// <summary>The ranks of table 8 in David and Nagaraja, for n = 20: the 6th and the 15th.</summary>
    [Fact]
    public void OfMedian_OfTwenty_LiesBetweenTheRanksOfTheTable()
    {
        var interval = Interval.OfMedian(Enumerable.Range(1, 20).Select(value => (double)value));
        Assert.Equal((10.5, 6.0, 15.0), (interval.Mean, interval.Low, interval.High));
    }

    [Fact]
    public void OfMedian_OfFive_KnowsNoInterval() => Assert.False(Interval.OfMedian([1, 2, 3, 4, 5]).IsKnown);

    [Fact]
    public void Of_NoValue_HasNoMean() => Assert.True(double.IsNaN(Interval.Of([]).Mean));

    [Theory]
    [InlineData(new[] { 1.0, 1.1, 0.9 }, true)]
    [InlineData(new[] { -1.0, -1.1, -0.9 }, true)]
    [InlineData(new[] { -1.0, 1.1, 0.9 }, false)]
    [InlineData(new[] { 0.0, 0, 0 }, false)]
    public void ExcludesZero_Sample_SaysWhetherItIsMoreThanChance(double[] sample, bool expected) =>
        Assert.Equal(expected, Interval.Of(sample).ExcludesZero);
}
