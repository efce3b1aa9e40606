using CsCheck;

namespace Blockchain.Shared.Tests.Core;

public class SeededRandomTests
{
    [Fact]
    public void ReferenceGenerator_PublishedVectors_Agrees()
    {
        var generator = new ReferenceGenerator([1, 2, 3, 4]);
        Assert.Equal(
            [11520UL, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600],
            Enumerable.Range(0, 6).Select(_ => generator.Next()));
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973, 9817491932198370423],
            ReferenceGenerator.SplitMix(1234567).Take(3));
    }

    /// <summary>Of 300 peers with two lives each, and of their links: no two streams have a word in common.</summary>
    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0x9E37_79B9_7F4A_7C15UL)]
    public void SeedOf_ManyNumbers_GivesStreamsThatHaveNothingInCommon(ulong seed)
    {
        var words = new HashSet<ulong>();
        for (ulong one = 0; one < 300; one++)
        {
            for (ulong other = 0; other < 2; other++)
            {
                var stream = new SplitMix64(SplitMix64.SeedOf(seed, one, other));
                for (var i = 0; i < 100; i++)
                {
                    Assert.True(words.Add(stream.NextUInt64()), $"stream {one}, {other}, word {i}");
                }
            }
        }
    }

    [Fact]
    public void NextUInt64_AnySeed_IsTheReferenceGenerator() =>
        Gen.ULong.Sample(seed =>
        {
            var reference = ReferenceGenerator.Seeded(seed);
            var random = new SeededRandom(seed);
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(reference.Next(), random.NextUInt64());
            }
        });

    [Fact]
    public void Next_AnyMaximum_StaysBelowItAndReachesAllValues() =>
        Gen.ULong.Select(Gen.Int[1, 20]).Sample(
            (seed, max) =>
            {
                var random = new SeededRandom(seed);
                var counts = new int[max];
                var draws = 200 * max;
                for (var i = 0; i < draws; i++)
                {
                    counts[random.Next(max)]++;
                }

                // Mean 200, standard deviation 14: seven of those.
                Assert.All(counts, count => Assert.InRange(count, 100, 300));
            },
            iter: 50);

    [Fact]
    public void NextMessageId_Always_IsAVersion4Uuid()
    {
        var random = new SeededRandom(1);
        var ids = Enumerable.Range(0, 1_000).Select(_ => random.NextMessageId()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches(
            "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id.ToString()));
    }

    [Fact]
    public void ShuffleFront_AnyCount_KeepsTheItemsAndTouchesNoMore() =>
        Gen.ULong.Select(Gen.Int[0, 12], Gen.Int[0, 15]).Sample((seed, length, count) =>
        {
            var items = Enumerable.Range(0, length).ToList();
            new SeededRandom(seed).ShuffleFront(items, count);
            Assert.Equal(Enumerable.Range(0, length), items.Order());
        });

    [Fact]
    public void ShuffleFront_ManyDraws_ChoosesEachItemAsOften()
    {
        var random = new SeededRandom(1);
        var chosen = new int[10];
        for (var draw = 0; draw < 10_000; draw++)
        {
            var items = Enumerable.Range(0, chosen.Length).ToList();
            random.ShuffleFront(items, 3);
            items.Take(3).ToList().ForEach(item => chosen[item]++);
        }

        // Mean 3,000, standard deviation 46: five of those.
        Assert.All(chosen, count => Assert.InRange(count, 2_770, 3_230));
    }

    [Fact]
    public void Chance_ProbabilityZeroAndOne_IsNeverAndAlways()
    {
        var random = new SeededRandom(1);
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.False(random.Chance(0)));
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(random.Chance(1)));
    }

    [Fact]
    public void Within_AnyRange_StaysInside() =>
        Gen.ULong.Select(Gen.Int[0, 1_000], Gen.Int[0, 1_000]).Sample((seed, min, more) =>
        {
            var random = new SeededRandom(seed);
            Assert.InRange(random.Within(new Range<double>(min, min + more)), min, min + more);
            var (from, to) = (TimeSpan.FromMilliseconds(min), TimeSpan.FromMilliseconds(min + more));
            Assert.InRange(random.Within(new Range<TimeSpan>(from, to)), from, to);
            Assert.InRange(random.Jittered(to, 0.5), to * 0.5, to * 1.5);
        });
}
