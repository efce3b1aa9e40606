using System.Globalization;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Sending;

public class SchedulerPropertyTests
{
    private static readonly MessageType[] Types =
        [MessageType.Ping, MessageType.Inv, MessageType.Tx, MessageType.Hello, MessageType.Relay];

    /// <summary>All messages are there before the first one that is counted leaves.</summary>
    [Fact]
    public void Pump_TargetsThatHoldMessages_AreServedEquallyOften() =>
        Gen.Int[0, 20].Array[2, 8].Sample(counts =>
        {
            var bench = Exhausted(Make.Quiet with { Capacity = new(10, 10) }, counts.Length);
            for (var target = 0; target < counts.Length; target++)
            {
                Enumerable.Range(0, counts[target]).ToList().ForEach(_ => bench.Send(bench[target]));
            }

            var served = new int[counts.Length];
            while (counts.Sum() > 0)
            {
                bench.RunUntil(bench.Context.Timers.NextDue);
                foreach (var sent in bench.Transmitter.All)
                {
                    served[IndexOf(sent.Target)]++;
                    counts[IndexOf(sent.Target)]--;
                    var holding = Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0).Select(i => served[i]);
                    Assert.InRange(holding.DefaultIfEmpty().Max() - holding.DefaultIfEmpty().Min(), 0, 1);
                }

                bench.Transmitter.All.Clear();
            }
        });

    /// <summary>Whatever arrives when: while a target waits and may send, no other is served twice.</summary>
    [Fact]
    public void Pump_RandomArrivals_NobodyIsServedTwiceWhileAnotherWaits() =>
        Gen.Select(Gen.Int[2, 6], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 150]).Array[1, 80], Gen.Bool).Sample(
            (targets, arrivals, limited) =>
            {
                var settings = Make.Quiet with
                {
                    Capacity = new(10, 10),
                    SendLimit = limited ? new RateLimit(3, TimeSpan.FromSeconds(1)) : RateLimit.None,
                };
                var bench = Exhausted(settings, targets);
                var sinceServed = new int[targets, targets];
                var checkedSends = 0;
                foreach (var (target, pause) in arrivals)
                {
                    Drain(bench, bench.Now + TimeSpan.FromMilliseconds(pause), sinceServed, ref checkedSends);
                    bench.Send(bench[target % targets]);
                    Check(bench, sinceServed, ref checkedSends);
                }

                Drain(bench, bench.Now + TimeSpan.FromMinutes(2), sinceServed, ref checkedSends);
                Assert.All(
                    bench.Context.Table.All, target => Assert.Equal(0, target.Queue.Count(MessagePriority.High)));
            });

    /// <summary>No message of a lower priority leaves while one of a higher waits for a target that may send.</summary>
    [Fact]
    public void Pump_RandomArrivals_PriorityIsStrict() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 150]).Array[1, 60].Sample(arrivals =>
        {
            var bench = Exhausted(Make.Quiet with { Capacity = new(8, 8) }, targets: 3);
            foreach (var (target, type, pause) in arrivals)
            {
                RunChecked(bench, bench.Now + TimeSpan.FromMilliseconds(pause));
                bench.Send(bench[target], Types[type]);
            }

            RunChecked(bench, bench.Now + TimeSpan.FromMinutes(1));
        });

    [Fact]
    public void SendLimit_RandomArrivals_IsNeverExceededAndStallsNobodyElse() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[100, 2_000], Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100]).Array[1, 80]).Sample(
            (messages, window, arrivals) =>
            {
                var limit = new RateLimit(messages, TimeSpan.FromMilliseconds(window));
                var bench = new ContextBench(Make.Quiet with { SendLimit = limit }, Make.Infos(4));
                foreach (var (target, pause) in arrivals)
                {
                    bench.RunFor(TimeSpan.FromMilliseconds(pause));
                    bench.Send(bench[target]);

                    // Capacity is unlimited: who may send has nothing waiting, whatever the others do.
                    Assert.All(
                        bench.Context.Table.All,
                        peer => Assert.True(peer.Queue.Count(MessagePriority.High) == 0 || !MaySend(bench, peer)));
                }

                bench.RunFor(TimeSpan.FromMinutes(5));
                Assert.Equal(arrivals.Length, bench.Transmitter.All.Count);
                foreach (var times in bench.Events.Sents.GroupBy(sent => sent.To, sent => sent.At.TotalSeconds))
                {
                    AssertWithin(limit, [.. times]);
                }
            });

    /// <summary>A bench whose capacity is exhausted, so that what is sent next must wait for its turn.</summary>
    private static ContextBench Exhausted(PeerSettings settings, int targets)
    {
        var bench = new ContextBench(settings, Make.Infos(targets + 1));
        while (bench[targets].Queue.Count(MessagePriority.High) == 0)
        {
            bench.Send(bench[targets]);
        }

        bench.Outbox.Clear(bench.Now, bench[targets], DropReason.Unreachable);
        bench.Transmitter.All.Clear();
        return bench;
    }

    /// <summary>The wait for a token is rounded up to the next tick but one, so the last two do not count.</summary>
    private static bool MaySend(ContextBench bench, RemotePeer target) =>
        target.Queue.HasToken(bench.Now - TimeSpan.FromTicks(2));

    private static int IndexOf(PeerId id) => int.Parse(id.Value.AsSpan(1), CultureInfo.InvariantCulture);

    private static void Drain(ContextBench bench, TimeSpan end, int[,] sinceServed, ref int checkedSends)
    {
        while (bench.Context.Timers.NextDue <= end)
        {
            bench.RunUntil(bench.Context.Timers.NextDue);
            Check(bench, sinceServed, ref checkedSends);
        }

        bench.RunUntil(end);
    }

    private static void Check(ContextBench bench, int[,] sinceServed, ref int checkedSends)
    {
        for (; checkedSends < bench.Transmitter.All.Count; checkedSends++)
        {
            var served = IndexOf(bench.Transmitter.All[checkedSends].Target);
            for (var waiting = 0; waiting < sinceServed.GetLength(0); waiting++)
            {
                var queue = bench[waiting].Queue;
                if (waiting != served && queue.Count(MessagePriority.High) > 0 && MaySend(bench, bench[waiting]))
                {
                    Assert.InRange(++sinceServed[waiting, served], 0, 1);
                }
                else
                {
                    Forget(sinceServed, waiting);
                }
            }

            Forget(sinceServed, served);
        }
    }

    private static void Forget(int[,] sinceServed, int waiting)
    {
        for (var other = 0; other < sinceServed.GetLength(1); other++)
        {
            sinceServed[waiting, other] = 0;
        }
    }

    private static void RunChecked(ContextBench bench, TimeSpan end)
    {
        while (bench.Context.Timers.NextDue <= end)
        {
            bench.Transmitter.All.Clear();
            var best = BestWaiting(bench);
            bench.RunUntil(bench.Context.Timers.NextDue);
            Assert.All(
                bench.Transmitter.All.Take(1), sent => Assert.Equal(best, MessagePriorities.Of(sent.Message.Type)));
        }

        bench.RunUntil(end);
    }

    private static MessagePriority? BestWaiting(ContextBench bench)
    {
        for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
        {
            if (bench.Context.Table.All.Any(target => target.Queue.Count(priority) > 0))
            {
                return priority;
            }
        }

        return null;
    }

    private static void AssertWithin(RateLimit limit, double[] times)
    {
        var perSecond = limit.Messages / limit.Window.TotalSeconds;
        for (var first = 0; first < times.Length; first++)
        {
            for (var last = first; last < times.Length; last++)
            {
                Assert.True(last - first + 1 <= limit.Messages + (perSecond * (times[last] - times[first])) + 1e-6);
            }
        }
    }
}
