using Blockchain.Shared.Sending;
using Blockchain.Shared.Tests.Core;

namespace Blockchain.Shared.Tests.Sending;

/// <summary>Losses in bursts, against what their model says of many messages.</summary>
public sealed class BurstTests
{
    private const int Messages = 400_000;

    [Theory]
    [InlineData(0.05, 4)]
    [InlineData(0.3, 1.5)]
    [InlineData(0.3, 20)]
    [InlineData(0.5, 1)]
    [InlineData(0.9, 9)]
    [InlineData(0.9, 50)]
    public void Loses_ManyMessages_HasTheShareAndTheMeanBurst(double loss, double burst)
    {
        var (share, mean, gaps) = Measure(new NetworkConditions(loss, default, burst));

        // A share of n messages in bursts of b is about as exact as one of n/b messages.
        var deviation = Math.Sqrt(2 * loss * (1 - loss) * Math.Max(burst, 1) / Messages);
        Assert.InRange(share, loss - (5 * deviation), loss + (5 * deviation));

        // Losses that do not depend on each other come in bursts as well, of 1 / (1 - loss).
        var expected = burst > 1 ? burst : 1 / (1 - loss);
        Assert.InRange(mean, expected * 0.95, expected * 1.05);
        var expectedGap = expected * (1 - loss) / loss;
        Assert.InRange(gaps, expectedGap * 0.95, expectedGap * 1.05);
    }

    [Fact]
    public void Loses_NoLoss_LosesNothingWhateverTheBurst() =>
        Assert.Equal(0, Measure(new NetworkConditions(0, default, 10)).Share);

    [Fact]
    public void Conditions_ChangedDuringABurst_BeginAnew()
    {
        var line = new Line(new NetworkConditions(0.9, default, 1_000));
        var random = new SeededRandom(3);
        Assert.True(SpinUntilLost(line, random));

        line.Conditions = new NetworkConditions(0, default, 1_000);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(line.Loses(random)));
    }

    [Fact]
    public void Peer_ToldBursts_LosesInBursts()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(1), seed: 4);
        bench.Outbox.Change(bench.Now, new SetConditions(0.25) { Burst = 10 });

        var lost = Enumerable.Range(0, 20_000).Select(_ => IsLost(bench, 0)).ToArray();

        Assert.InRange(lost.Count(one => one), 4_000, 6_000);
        Assert.InRange(MeanRun(lost, true), 8.5, 11.5);
    }

    [Fact]
    public void Pairs_EachHaveBurstsOfTheirOwn()
    {
        var bench = new ContextBench(Make.Quiet, Make.Infos(2), seed: 5);
        bench.Outbox.Change(
            bench.Now, new SetConditions(0.5) { Burst = 50, To = PeerSet.Of("p00", "p01") });

        var same = Enumerable.Range(0, 20_000).Count(_ => IsLost(bench, 0) == IsLost(bench, 1));

        // One state for both would lose the same of both; two that do not depend on each other agree half of the time.
        Assert.InRange(same, 8_000, 12_000);
    }

    private static bool IsLost(ContextBench bench, int peer)
    {
        var before = bench.Events.Drops.Count;
        bench.Send(bench[peer]);
        return bench.Events.Drops.Count > before;
    }

    private static bool SpinUntilLost(Line line, SeededRandom random)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (line.Loses(random))
            {
                return true;
            }
        }

        return false;
    }

    private static (double Share, double MeanBurst, double MeanGap) Measure(NetworkConditions conditions)
    {
        Assert.Null(conditions.Problem);
        var line = new Line(conditions);
        var random = new SeededRandom(1);
        var lost = Enumerable.Range(0, Messages).Select(_ => line.Loses(random)).ToArray();
        return (lost.Count(one => one) / (double)Messages, MeanRun(lost, true), MeanRun(lost, false));
    }

    /// <summary>The mean length of the runs of a value.</summary>
    private static double MeanRun(bool[] values, bool of)
    {
        var runs = values.Where((value, i) => value == of && (i == 0 || values[i - 1] != of)).Count();
        return runs == 0 ? 0 : values.Count(value => value == of) / (double)runs;
    }
}
