using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using CsCheck;

namespace Blockchain.Shared.Tests.Sending;

/// <summary>The simulated network: latency, loss, capacity.</summary>
public class ConditionsTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(60);

    [Fact]
    public void Latency_TenMessages_AllTakeItAtTheSameTime()
    {
        var bench = new ContextBench(Make.Quiet with { Latency = new(Latency, Latency) }, Make.Infos(2));
        var messages = Enumerable.Range(0, 10).Select(i => bench.Send(bench[i % 2])).ToList();

        bench.RunUntil(Latency - TimeSpan.FromTicks(1));
        Assert.Empty(bench.Transmitter.All);
        bench.RunUntil(Latency);

        Assert.Equal(messages, bench.Transmitter.All.Select(sent => sent.Message));
        Assert.All(bench.Events.Sents, sent => Assert.Equal(Latency, sent.At));
    }

    [Fact]
    public void Latency_Range_IsUsedEvenly()
    {
        var bench = new ContextBench(Make.Quiet with { Latency = PeerSettings.Default.Latency }, Make.Infos(1));
        for (var i = 0; i < 5_000; i++)
        {
            bench.Send(bench[0]);
        }

        bench.RunFor(TimeSpan.FromSeconds(1));

        var latencies = bench.Events.Sents.Select(sent => sent.At.TotalMilliseconds).ToList();
        Assert.Equal(5_000, latencies.Count);
        Assert.All(latencies, latency => Assert.InRange(latency, 20, 100));
        Assert.InRange(latencies.Average(), 58, 62);
        Assert.All(
            latencies.GroupBy(latency => (int)(latency - 20) / 10), decile => Assert.InRange(decile.Count(), 500, 750));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Loss_Probability_IsTheShareLost(double probability) =>
        Gen.ULong.Sample(
            seed =>
            {
                const int count = 2_000;
                var settings = Make.Quiet with { DropProbability = probability };
                var bench = new ContextBench(settings, Make.Infos(1), seed);
                for (var i = 0; i < count; i++)
                {
                    bench.Send(bench[0]);
                }

                var mean = count * probability;
                var deviation = Math.Sqrt(mean * (1 - probability));
                Assert.InRange(bench.Events.Drops.Count, mean - (7 * deviation), mean + (7 * deviation));
                Assert.All(bench.Events.Drops, drop => Assert.Equal(DropReason.Loss, drop.Reason));
                Assert.Equal(count, bench.Events.Drops.Count + bench.Transmitter.All.Count);
            },
            iter: 20);

    [Fact]
    public void Capacity_Constant_BurstOfOneSecondThenTheRate()
    {
        var bench = new ContextBench(Make.Quiet with { Capacity = new(10, 10) }, Make.Infos(3));
        for (var i = 0; i < 100; i++)
        {
            bench.Send(bench[i % 3]);
        }

        Assert.Equal(10, bench.Transmitter.All.Count);
        bench.RunUntil(TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(20, bench.Transmitter.All.Count);
        bench.RunUntil(TimeSpan.FromSeconds(9.1));
        Assert.Equal(100, bench.Transmitter.All.Count);
        Assert.Empty(bench.Capacities);
    }

    [Fact]
    public void Capacity_Varying_StaysInItsRangeAndIsKept() =>
        Gen.ULong.Sample(
            seed =>
            {
                var bench = new ContextBench(Make.Quiet with { Capacity = new(2, 10) }, Make.Infos(3), seed);
                var capacities = new List<double> { bench.Outbox.Capacity };
                for (var i = 0; i < 1_000; i++)
                {
                    bench.Send(bench[i % 3]);
                }

                bench.RunUntil(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
                capacities.AddRange(bench.Capacities.Select(change => change.Capacity));

                Assert.Equal([10, 20, 30, 40, 50], bench.Capacities.Select(change => change.At.TotalSeconds));
                Assert.All(capacities, capacity => Assert.InRange(capacity, 2, 10));
                Assert.Equal(6, capacities.Distinct().Count());
                for (var i = 0; i < capacities.Count; i++)
                {
                    var sent = bench.Events.Sents.Count(
                        sent => sent.At.TotalSeconds > 10 * i && sent.At.TotalSeconds <= 10 * (i + 1));
                    Assert.InRange(sent, (10 * capacities[i]) - 2, (10 * capacities[i]) + 2);
                }
            },
            iter: 20);

    /// <summary>
    /// A message that waits for the old capacity's next token waits no longer than for the new one's.
    /// </summary>
    [Fact]
    public void Capacity_Raised_WaitingMessagesLeaveAtTheNewRate() =>
        Gen.ULong.Sample(
            seed =>
            {
                var bench = new ContextBench(Make.Quiet with { Capacity = new(0.01, 2) }, Make.Infos(1), seed);
                for (var i = 0; i < 500; i++)
                {
                    bench.Send(bench[0]);
                }

                bench.RunUntil(TimeSpan.FromSeconds(100));
                foreach (var (at, capacity) in bench.Capacities.SkipLast(1))
                {
                    var next = bench.Events.Sents.Select(sent => sent.At).Where(time => time > at)
                        .DefaultIfEmpty(TimeSpan.MaxValue).Min();
                    var end = at + TimeSpan.FromSeconds(10);
                    Assert.True(next >= end || next - at <= TimeSpan.FromSeconds((1 / capacity) + 0.001));
                    Assert.True(next <= end || 1 / capacity >= 9.999);
                }
            },
            iter: 30);
}
