using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Neighbours;

public class HeartbeatTests
{
    private static readonly PeerSettings Beating = Make.Quiet with { PingInterval = TimeSpan.FromSeconds(15) };

    [Fact]
    public void Start_Planned_PeerIsUnknownAndPingedSoon()
    {
        var bench = Started();
        Assert.Equal(PeerStatus.Unknown, bench.Remote("a").Status);
        Assert.Null(bench.Remote("a").RoundTripTime);

        bench.RunFor(2);

        Assert.Single(bench.Sent<Ping>("a"));
    }

    [Fact]
    public void Silence_LongEnough_DropsWhatWaits()
    {
        var limited = Beating with { SendLimit = new RateLimit(20, TimeSpan.FromHours(1)) };
        var bench = new PeerBench(limited, [Make.Info("a")]).Start();
        for (var i = 0; i < 30; i++)
        {
            bench.Receive("a", new Ping(new PeerId("a"), 0, bench.NextId()));
        }

        var waiting = bench.Remote("a").Queue.Count(MessagePriority.High);
        Assert.InRange(waiting, 10, 12);

        bench.RunFor(30);

        Assert.Equal(PeerStatus.Unreachable, bench.Remote("a").Status);
        Assert.True(bench.Events.Drops.Count(drop => drop.Reason == DropReason.Unreachable) >= waiting);
    }

    [Fact]
    public void Silence_UntilTheLimit_TurnsUnreachableWithinOneBeat()
    {
        var bench = Started();

        bench.RunUntil(TimeSpan.FromSeconds(25) - TimeSpan.FromTicks(1));
        Assert.Empty(bench.Events.Statuses);
        bench.RunUntil(TimeSpan.FromSeconds(30));

        var (at, peer, status) = Assert.Single(bench.Events.Statuses);
        Assert.Equal(("a", PeerStatus.Unreachable), (peer.Value, status));
        Assert.InRange(at.TotalSeconds, 25, 30);
    }

    [Fact]
    public void Silence_ForEver_IsPingedOncePerRetryDelay()
    {
        var bench = Started();
        bench.RunUntil(TimeSpan.FromSeconds(100));
        var before = bench.Sent<Ping>("a").Count;
        bench.RunUntil(TimeSpan.FromSeconds(100 + 150));
        Assert.InRange(bench.Sent<Ping>("a").Count - before, 29, 31);
    }

    [Fact]
    public void Answer_AfterUnreachable_IsAliveAgain()
    {
        var bench = Started();
        bench.RunFor(40);
        bench.ReceivePong("a");
        bench.RunFor(20);

        Assert.Equal(
            [PeerStatus.Unreachable, PeerStatus.Alive], bench.Events.Statuses.Select(change => change.Status));
        Assert.True(bench.Remote("a").IsUsable);
    }

    [Fact]
    public void AnyMessage_FromThePeer_CountsAsLife()
    {
        var bench = Started();
        for (var i = 0; i < 10; i++)
        {
            bench.RunFor(10);
            bench.Receive("a", new Inv(new PeerId("a"), [], bench.NextId()));
        }

        Assert.Equal([PeerStatus.Alive], bench.Events.Statuses.Select(change => change.Status));
    }

    [Fact]
    public void Ping_Unanswered_IsRepeatedAfterTheRetryDelay()
    {
        var bench = Started();
        bench.RunFor(22);
        var times = bench.Sent<Ping>("a").Select(ping => ping.At.TotalSeconds).ToList();
        Assert.Equal(5, times[1] - times[0], precision: 3);
        Assert.Equal(5, times[2] - times[1], precision: 3);
    }

    [Fact]
    public void Ping_Answered_ComesAgainAfterTheInterval()
    {
        var bench = Started();
        for (var second = 0; second < 120; second++)
        {
            var before = bench.Sent<Ping>("a").Count;
            bench.RunFor(1);
            if (bench.Sent<Ping>("a").Count > before)
            {
                bench.ReceivePong("a");
            }
        }

        var times = bench.Sent<Ping>("a").Select(ping => ping.At.TotalSeconds).ToList();
        Assert.Equal(8, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(15, pair.Second - pair.First, precision: 3));
    }

    [Fact]
    public void RoundTrip_Samples_AreSmoothedByAnEighth()
    {
        var bench = Started();
        foreach (var milliseconds in (double[])[80, 160, 40])
        {
            bench.RunFor(20);
            AwaitPing(bench);
            bench.RunFor(milliseconds / 1000);
            bench.ReceivePong("a");
        }

        // 80; 80 + (160 - 80) / 8 = 90; 90 + (40 - 90) / 8 = 83.75.
        Assert.Equal(83.75, bench.Remote("a").RoundTripTime!.Value.TotalMilliseconds, precision: 2);
        Assert.Equal(
            [80.0, 160, 40], bench.Events.RoundTrips.Select(trip => Math.Round(trip.RoundTrip.TotalMilliseconds, 3)));
    }

    /// <summary>The first PING often reaches a peer that is still starting, and waits until it is up.</summary>
    [Fact]
    public void RoundTrip_OfAPeerThatWasStarting_IsForgottenAtTheNextOne()
    {
        var bench = Started();
        foreach (var seconds in (double[])[12, 0.2])
        {
            bench.RunFor(20);
            AwaitPing(bench);
            var ping = bench.Sent<Ping>("a")[^1].Message;
            bench.RunFor(seconds);
            bench.Receive("a", new Pong(new PeerId("a"), ping.Timestamp, bench.NextId()));
        }

        Assert.Equal([12, 0.2], bench.Events.RoundTrips.Select(trip => Math.Round(trip.RoundTrip.TotalSeconds, 3)));
        Assert.Equal(0.2, bench.Remote("a").RoundTripTime!.Value.TotalSeconds, precision: 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-26)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Pong_ForgedTimestamp_IsNotMeasured(double offset)
    {
        var bench = Started();
        bench.RunFor(30);
        AwaitPing(bench);
        bench.Receive("a", new Pong(new PeerId("a"), bench.Now.TotalSeconds + offset, bench.NextId()));

        Assert.Null(bench.Remote("a").RoundTripTime);
        Assert.Empty(bench.Events.RoundTrips);
    }

    [Fact]
    public void Pong_NotAskedFor_IsNotMeasured()
    {
        var bench = Started();
        bench.RunFor(2);
        bench.ReceivePong("a");
        bench.Receive("a", new Pong(new PeerId("a"), bench.Now.TotalSeconds - 1, bench.NextId()));
        Assert.Single(bench.Events.RoundTrips);
    }

    /// <summary>Another could write its name into a RELAY and so steer which relay is chosen.</summary>
    [Fact]
    public void Pong_ForgedByRelay_ChangesNothing()
    {
        var bench = new PeerBench(Beating, [Make.Info("a"), Make.Info("liar")]).Start();
        bench.RunFor(30);
        Assert.Equal(PeerStatus.Unreachable, bench.Remote("a").Status);
        AwaitPing(bench);
        foreach (var timestamp in (double[])[
            bench.Sent<Ping>("a")[^1].Message.Timestamp, bench.Now.TotalSeconds - 4.6])
        {
            var pong = new Pong(new PeerId("a"), timestamp, bench.NextId());
            bench.Receive("liar", new Relay(pong.Sender, bench.Peer.Info.Id, pong, bench.NextId(), default));
        }

        Assert.Null(bench.Remote("a").RoundTripTime);
        Assert.Empty(bench.Events.RoundTrips);
        Assert.Equal(PeerStatus.Unreachable, bench.Remote("a").Status);
    }

    /// <summary>It knows when it was asked, and would like to look faster, or slower, than it is.</summary>
    [Theory]
    [InlineData(0.001)]
    [InlineData(-4)]
    public void Pong_OfThePeerItselfWithAnotherTimestamp_IsNotMeasured(double offset)
    {
        var bench = Started();
        AwaitPing(bench);
        bench.RunFor(0.2);
        var sent = bench.Sent<Ping>("a")[^1].Message.Timestamp;
        bench.Receive("a", new Pong(new PeerId("a"), sent + offset, bench.NextId()));
        Assert.Empty(bench.Events.RoundTrips);

        bench.ReceivePong("a");
        Assert.Equal(0.2, Assert.Single(bench.Events.RoundTrips).RoundTrip.TotalSeconds, precision: 6);
    }

    /// <summary>On a line that takes longer than the pause between two PINGs.</summary>
    [Fact]
    public void Pong_ToAnEarlierPing_IsMeasuredFromThatOne()
    {
        var bench = Started();
        AwaitPing(bench);
        bench.RunFor(7);
        Assert.Equal(2, bench.Sent<Ping>("a").Count);
        bench.Receive("a", new Pong(new PeerId("a"), bench.Sent<Ping>("a")[0].Message.Timestamp, bench.NextId()));
        Assert.Equal(7, Assert.Single(bench.Events.RoundTrips).RoundTrip.TotalSeconds, precision: 6);
    }

    [Fact]
    public void Pong_BehindNat_CountsByItsGatewayOnly()
    {
        var nated = Make.Info("nated", nat: true, network: 1);
        var bench = new PeerBench(Beating, [Make.Info("gate", network: 1), Make.Info("liar"), nated]).Start();
        bench.RunFor(2);
        var ping = bench.Sent<Relay>("gate").Select(sent => sent.Message.Payload).OfType<Ping>().Single();
        var pong = new Pong(nated.Id, ping.Timestamp, bench.NextId());
        bench.Receive("liar", new Relay(nated.Id, bench.Peer.Info.Id, pong, bench.NextId(), default));
        Assert.Empty(bench.Events.RoundTrips);

        bench.Receive("gate", new Relay(nated.Id, bench.Peer.Info.Id, pong, bench.NextId(), default));
        Assert.Equal(nated.Id, Assert.Single(bench.Events.RoundTrips).Peer);
    }

    [Fact]
    public void Ping_Received_IsAnsweredWithItsTimestamp()
    {
        var bench = Started();
        bench.Receive("a", new Ping(new PeerId("a"), 123.25, bench.NextId()));
        Assert.Equal(123.25, Assert.Single(bench.Sent<Pong>("a")).Message.Timestamp);
    }

    [Fact]
    public void Silence_OfAPeerInNoPlan_IsForgottenAndOfAPlannedOneNot()
    {
        var bench = Started();
        bench.Receive("a", new PeerList(new PeerId("a"), [Make.Info("guest")], bench.NextId()));
        Assert.NotNull(bench.Remote("guest"));

        bench.RunFor(11 * 60);

        Assert.Null(bench.Remote("guest"));
        Assert.Equal(PeerStatus.Unreachable, bench.Remote("a").Status);
        var pings = bench.Sent<Ping>("guest").Count;
        bench.RunFor(60);
        Assert.Equal(pings, bench.Sent<Ping>("guest").Count);
    }

    /// <summary>
    /// Has a time limit, since what it guards against is that <see cref="Peer.Advance"/> never returns.
    /// </summary>
    [Fact(Timeout = 10_000)]
    public async Task RetryDelay_Zero_DoesNotBeatWithoutEnd()
    {
        var bench = new PeerBench(Beating with { RetryDelay = TimeSpan.Zero }, [Make.Info("a")]).Start();
        await Task.Run(() => bench.RunFor(60), TestContext.Current.CancellationToken);
        Assert.InRange(bench.Sent<Ping>("a").Count, 3, 5);
    }

    private static PeerBench Started() => new PeerBench(Beating, [Make.Info("a")]).Start();

    private static void AwaitPing(PeerBench bench)
    {
        var before = bench.Sent<Ping>("a").Count;
        while (bench.Sent<Ping>("a").Count == before)
        {
            bench.RunUntil(bench.Peer.NextDue);
        }
    }
}
