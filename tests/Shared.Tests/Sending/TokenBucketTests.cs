using CsCheck;

namespace Blockchain.Shared.Tests.Sending;

public class TokenBucketTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>Burst, tokens per second, moments in milliseconds and whether a token is there at each.</summary>
    [Theory]
    [InlineData(3, 1, new[] { 0, 0, 0, 0 }, new[] { true, true, true, false })]
    [InlineData(1, 1, new[] { 0, 999, 1_000, 1_001 }, new[] { true, false, true, false })]
    [InlineData(1, 10, new[] { 0, 99, 100, 200, 250, 300 }, new[] { true, false, true, true, false, true })]
    [InlineData(2, 1, new[] { 0, 0, 9_000, 9_000, 9_000 }, new[] { true, true, true, true, false })]
    [InlineData(0, 0, new[] { 0, 0, 0 }, new[] { true, true, true })]
    public void TryTake_Moments_HasATokenOrNot(int burst, double perSecond, int[] moments, bool[] expected)
    {
        var bucket = new TokenBucket(burst, perSecond, TimeSpan.Zero);
        Assert.Equal(expected, moments.Select(moment => bucket.TryTake(TimeSpan.FromMilliseconds(moment))).ToArray());
    }

    [Fact]
    public void RateLimit_None_NeverLimits()
    {
        var bucket = new TokenBucket(RateLimit.None, TimeSpan.Zero);
        Assert.False(bucket.IsLimited);
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(bucket.TryTake(TimeSpan.Zero)));
        Assert.Equal(TimeSpan.Zero, bucket.NextToken(TimeSpan.Zero));
        Assert.True(bucket.IsFull(TimeSpan.Zero));
    }

    [Fact]
    public void RateLimit_HundredInFiveSeconds_RefillsTwentyPerSecond()
    {
        var bucket = new TokenBucket(new RateLimit(100, TimeSpan.FromSeconds(5)), TimeSpan.Zero);
        Assert.Equal(100, Take(ref bucket, TimeSpan.Zero));
        Assert.Equal(20, Take(ref bucket, TimeSpan.FromSeconds(1)));
        Assert.Equal(100, Take(ref bucket, TimeSpan.FromSeconds(60)));
    }

    /// <summary>Steps forward and back in time, resizing now and then, against whole numbers.</summary>
    [Fact]
    public void TryTake_RandomHistory_AgreesWithModel() =>
        Gen.Select(
                Gen.Int[1, 6],
                Gen.Int[1, 20],
                Gen.Select(Gen.Int[-20, 100], Gen.Int[0, 12], Gen.Int[1, 6], Gen.Int[1, 20]).Array[1, 60])
            .Sample((burst, perSecond, history) =>
            {
                var step = 1_000;
                var bucket = new TokenBucket(burst, perSecond, TokenBucketModel.At(step));
                var model = new TokenBucketModel(burst, perSecond, step);
                foreach (var (elapsed, kind, newBurst, newRate) in history)
                {
                    step += elapsed;
                    if (kind == 0)
                    {
                        bucket.Resize(newBurst, newRate, TokenBucketModel.At(step));
                        model.Resize(newBurst, newRate, step);
                    }

                    Assert.Equal(model.TryTake(step), bucket.TryTake(TokenBucketModel.At(step)));
                }
            });

    [Fact]
    public void TryTake_RandomHistory_NeverExceedsBurstAndRateInAnyWindow() =>
        Gen.Select(
            Gen.Int[1, 5], Gen.Double[0.1, 50], Gen.Int[0, 300].Array[1, 80]).Sample((burst, perSecond, pauses) =>
        {
            var bucket = new TokenBucket(burst, perSecond, TimeSpan.Zero);
            var now = TimeSpan.Zero;
            var taken = new List<TimeSpan>();
            foreach (var pause in pauses)
            {
                now += TimeSpan.FromMilliseconds(pause);
                if (bucket.TryTake(now))
                {
                    taken.Add(now);
                }
            }

            for (var first = 0; first < taken.Count; first++)
            {
                for (var last = first; last < taken.Count; last++)
                {
                    var window = (taken[last] - taken[first]).TotalSeconds;
                    Assert.True(last - first + 1 <= burst + (perSecond * window) + 1e-6);
                }
            }
        });

    [Fact]
    public void NextToken_RandomHistory_IsExact() =>
        Gen.Select(Gen.Int[1, 5], Gen.Double[0.01, 50], Gen.Int[-100, 300].Array[1, 40])
            .Sample((burst, perSecond, pauses) =>
            {
                // Hosts count from the Unix epoch, which leaves a double fewer digits.
                var now = TimeSpan.FromSeconds(1_700_000_000);
                var bucket = new TokenBucket(burst, perSecond, now);
                foreach (var pause in pauses)
                {
                    now += TimeSpan.FromMilliseconds(pause);
                    bucket.TryTake(now);
                    var next = bucket.NextToken(now);
                    Assert.True(next >= now);
                    Assert.True(Copy(bucket).TryTake(next));
                    Assert.False(next - Millisecond >= now && Copy(bucket).TryTake(next - Millisecond));
                }
            });

    [Fact]
    public void NextToken_TimeRanBackwards_IsWhenATokenIsThere()
    {
        var bucket = new TokenBucket(1, 1, TimeSpan.Zero);
        bucket.TryTake(TimeSpan.FromSeconds(10));

        var next = bucket.NextToken(TimeSpan.FromSeconds(5));

        Assert.InRange(next, TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(11) + Millisecond);
        Assert.True(bucket.TryTake(next));
    }

    [Fact]
    public void Resize_ToUnlimitedAndBack_StartsFull()
    {
        var bucket = new TokenBucket(1, 1, TimeSpan.Zero);
        bucket.TryTake(TimeSpan.Zero);
        bucket.Resize(0, 0, TimeSpan.Zero);
        Assert.True(bucket.TryTake(TimeSpan.Zero));
        bucket.Resize(2, 1, TimeSpan.Zero);
        Assert.Equal(2, Take(ref bucket, TimeSpan.Zero));
    }

    private static TokenBucket Copy(TokenBucket bucket) => bucket;

    private static int Take(ref TokenBucket bucket, TimeSpan now)
    {
        var count = 0;
        while (bucket.TryTake(now))
        {
            count++;
        }

        return count;
    }
}
