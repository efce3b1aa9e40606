using Blockchain.Events;

namespace Blockchain.Shared.Tests.Events;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.5, 10, 5)]
    [InlineData(0.5, 11, 6)]
    [InlineData(0.9, 10, 9)]
    [InlineData(0.9, 11, 10)]
    [InlineData(1, 10, 10)]
    [InlineData(1, 11, null)]
    [InlineData(0.5, 0, null)]
    public void Until_SomeShareOfAll_IsTheArrivalThatCompletesIt(double share, int all, int? expected) =>
        Assert.Equal(expected, Spread.Until<int>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share, all));

    [Fact]
    public void Until_WholePercentsOfAHundred_TakesAsManyArrivals()
    {
        int[] arrivals = [.. Enumerable.Range(1, 100)];

        Assert.All(arrivals, percent => Assert.Equal(percent, Spread.Until<int>(arrivals, percent / 100.0, 100)));
    }

    [Fact]
    public void Quantile_OfASample_IsOneOfItsValues()
    {
        Assert.Equal(2, Spread.Quantile<int>([1, 2, 3, 9], Spread.Half));
        Assert.Equal(9, Spread.Quantile<int>([1, 2, 3, 9], Spread.Most));
        Assert.Null(Spread.Quantile<int>([], Spread.Half));
    }

    [Theory]
    [InlineData(30, 20, 3.0)]
    [InlineData(30, 0, 1.0)]
    [InlineData(30, 30, null)]
    [InlineData(0, 0, null)]
    public void Redundancy_OfCopies_IsHowManyCameForEachUsefulOne(long received, long redundant, double? expected) =>
        Assert.Equal(expected, Redundancy.CopiesPerUseful(received, redundant));
}
