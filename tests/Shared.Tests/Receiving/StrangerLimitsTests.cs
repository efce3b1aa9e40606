using Blockchain.Shared.Receiving;

namespace Blockchain.Shared.Tests.Receiving;

public class StrangerLimitsTests
{
    private const int Bound = 1024;

    private static readonly RateLimit TwoPerSecond = new(2, TimeSpan.FromSeconds(1));

    [Fact]
    public void TryAccept_OneStrangerTooMuch_HarmsNoOther()
    {
        var limits = new StrangerLimits(TwoPerSecond);
        Assert.True(limits.TryAccept(TimeSpan.Zero, Stranger(1)));
        Assert.True(limits.TryAccept(TimeSpan.Zero, Stranger(1)));
        Assert.False(limits.TryAccept(TimeSpan.Zero, Stranger(1)));
        Assert.True(limits.TryAccept(TimeSpan.Zero, Stranger(2)));
        Assert.True(limits.TryAccept(TimeSpan.FromSeconds(0.5), Stranger(1)));
    }

    [Fact]
    public void TryAccept_NoLimit_AcceptsAll()
    {
        var limits = new StrangerLimits(RateLimit.None);
        Assert.All(Enumerable.Range(0, 10_000), i => Assert.True(limits.TryAccept(TimeSpan.Zero, Stranger(i))));
    }

    [Fact]
    public void TryAccept_MoreStrangersThanKept_RefusesUntilOneIsForgotten()
    {
        var limits = new StrangerLimits(TwoPerSecond);
        for (var i = 0; i < Bound; i++)
        {
            Assert.True(limits.TryAccept(TimeSpan.Zero, Stranger(i)));
        }

        Assert.False(limits.TryAccept(TimeSpan.Zero, Stranger(Bound)));

        // Those who are kept go on under their own limits; nobody got a new bucket by the pressure of others.
        Assert.True(limits.TryAccept(TimeSpan.Zero, Stranger(0)));
        Assert.False(limits.TryAccept(TimeSpan.Zero, Stranger(0)));

        Assert.True(limits.TryAccept(TimeSpan.FromSeconds(0.5), Stranger(Bound)));
    }

    private static PeerId Stranger(int number) => PeerId.OfStranger($"10.0.{number >> 8}.{number & 255}");
}
