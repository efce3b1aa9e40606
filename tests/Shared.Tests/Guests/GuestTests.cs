using Blockchain.Shared.Guests;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Guests;

/// <summary>What our network does for a node that is not ours.</summary>
public sealed class GuestTests
{
    private static readonly PeerId A = new("a");

    [Fact]
    public void Start_Guest_IsToldWhoItIsAndWhomItKnows()
    {
        var guest = Silent();
        Bench(guest).Start();
        var start = Assert.IsType<GuestStarts>(Assert.Single(guest.Turns));
        Assert.Equal(("self", 1UL), (start.Plan.Id.Value, start.Seed));
        Assert.Equal(["a", "nated"], start.Known.Select(peer => peer.Id.Value));
    }

    [Fact]
    public void Message_OfANeighbour_IsHandedOverAsItIs()
    {
        var guest = Silent();
        var bench = Bench(guest).Start();
        var ping = new Ping(A, 5, bench.NextId());
        bench.Receive("a", ping);
        Assert.Equal(new GuestHears(TimeSpan.Zero, A, ping), guest.Turns[^1]);
        Assert.Empty(bench.Sent<Message>());
    }

    [Fact]
    public void Answer_OfAGuest_GoesOutInItsOrder()
    {
        var bench = Bench(new ScriptedGuest(turn => turn is GuestHears
            ? Says(Pong(1), Pong(2))
            : GuestAnswer.Nothing)).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        Assert.Equal([1, 2], bench.Sent<Pong>("a").Select(sent => sent.Message.Timestamp));
    }

    /// <summary>The simulated network is no favour that we do only to our own.</summary>
    [Fact]
    public void Answer_WithLatencyAndLoss_IsLateAndLostAsThatOfAnyPeer()
    {
        var settings = Make.Quiet with
        {
            DropProbability = 0.5, Latency = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
        };
        var bench = Bench(
            new ScriptedGuest(turn => turn is GuestHears ? Says(Pong(1)) : GuestAnswer.Nothing), settings).Start();
        for (var i = 0; i < 200; i++)
        {
            bench.Receive("a", new Ping(A, 5, bench.NextId()));
        }

        Assert.Empty(bench.Sent<Pong>());
        bench.RunFor(1);
        Assert.InRange(bench.Sent<Pong>().Count, 70, 130);
        Assert.Equal(200, bench.Sent<Pong>().Count + bench.Events.Drops.Count);
    }

    /// <summary>On a real network the connection would be refused.</summary>
    [Fact]
    public void Answer_ToAPeerBehindNat_IsNotPutIntoARelay()
    {
        var bench = Bench(new ScriptedGuest(turn => turn is GuestHears
            ? new GuestAnswer { Messages = [(new PeerId("nated"), Pong(1))] }
            : GuestAnswer.Nothing)).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        Assert.Empty(bench.Sent<Message>());
        Assert.Equal(DropReason.NoRoute, Assert.Single(bench.Events.Drops).Reason);
    }

    [Fact]
    public void Answer_ToSomebodyWhoIsNotThere_IsDropped()
    {
        var bench = Bench(new ScriptedGuest(turn => turn is GuestHears
            ? new GuestAnswer { Messages = [(new PeerId("nobody"), Pong(1))] }
            : GuestAnswer.Nothing)).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        Assert.Equal(DropReason.NoRoute, Assert.Single(bench.Events.Drops).Reason);
    }

    [Fact]
    public void Answer_ToANewcomer_FindsIt()
    {
        var bench = Bench(
            new ScriptedGuest(turn => turn is GuestHears
                ? new GuestAnswer { Messages = [(new PeerId("new"), Pong(1))] }
                : GuestAnswer.Nothing),
            find: id => Make.Info(id.Value)).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        Assert.Single(bench.Sent<Pong>("new"));
    }

    [Fact]
    public void Timer_SetAgain_HasTheLastTimeOnly()
    {
        var guest = new ScriptedGuest(turn => turn switch
        {
            GuestStarts => Wakes(("ping", 10), ("other", 3)),
            GuestHears => Wakes(("ping", 5)),
            _ => GuestAnswer.Nothing,
        });
        var bench = Bench(guest).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        bench.RunFor(60);
        Assert.Equal(
            [new(TimeSpan.FromSeconds(3), "other"), new(TimeSpan.FromSeconds(5), "ping")],
            guest.Turns.OfType<GuestWakes>());
    }

    [Fact]
    public void Timer_OfATimeThatIsOver_IsDueNow()
    {
        var guest = new ScriptedGuest(turn => turn is GuestHears ? Wakes(("late", 1)) : GuestAnswer.Nothing);
        var bench = Bench(guest).Start();
        bench.RunFor(8);
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        bench.RunFor(0);
        Assert.Equal(new GuestWakes(TimeSpan.FromSeconds(8), "late"), guest.Turns[^1]);
    }

    [Fact]
    public void Cost_OfATurn_DelaysWhatItSaysAndWhatComesMeanwhile()
    {
        var guest = new ScriptedGuest(turn => turn is GuestHears
            ? Says(Pong(turn.Now.TotalSeconds)) with { Cost = TimeSpan.FromSeconds(2) }
            : GuestAnswer.Nothing);
        var bench = Bench(guest).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        bench.RunFor(1);
        bench.Receive("a", new Ping(A, 6, bench.NextId()));
        bench.RunFor(10);
        Assert.Equal([2, 4], bench.Sent<Pong>("a").Select(sent => sent.At.TotalSeconds));
        Assert.Equal([0, 2], bench.Sent<Pong>("a").Select(sent => sent.Message.Timestamp));
    }

    [Fact]
    public void Failure_OfAGuest_IsToldOnceAndItHearsNothingMore()
    {
        var guest = new ScriptedGuest(turn => turn is GuestHears
            ? new GuestAnswer { Failure = "it ended" }
            : Wakes(("ping", 5)));
        var bench = Bench(guest).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        bench.RunFor(60);
        Assert.Equal(2, guest.Turns.Count);
        Assert.Equal("it ended", Assert.Single(bench.Events.Happenings.OfType<GuestFailed>()).Why);
    }

    [Fact]
    public void Timers_WithoutEnd_AreAFailure()
    {
        const int PerTurn = 40_000;
        var turns = 0;
        var guest = new ScriptedGuest(_ => new GuestAnswer
        {
            Timers = [.. Enumerable.Range(PerTurn * turns++, PerTurn).Select(i => (TimeSpan.FromDays(1), $"{i}"))],
        });
        var bench = Bench(guest).Start();
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        Assert.Empty(bench.Events.Happenings.OfType<GuestFailed>());
        bench.Receive("a", new Ping(A, 5, bench.NextId()));
        var failed = Assert.Single(bench.Events.Happenings.OfType<GuestFailed>());
        Assert.Equal("it has more than 100,000 timers", failed.Why);
    }

    [Fact]
    public void Newcomer_ThatSaysHello_HearsOnlyWhatTheGuestSays()
    {
        var guest = new ScriptedGuest(_ => new GuestAnswer());
        var bench = Bench(guest).Start();
        var newcomer = Make.Info("new");
        var hello = new Hello(newcomer, bench.NextId());
        Assert.Equal(newcomer.Id, bench.Peer.Identify(bench.Now, newcomer.Ip, hello));
        Assert.Equal(newcomer.Id, bench.Peer.Identify(bench.Now, newcomer.Ip, hello));
        bench.RunFor(120);
        Assert.Empty(bench.Events.Sents);
        Assert.NotEqual(PeerStatus.Unreachable, bench.Peer.Table.Find(newcomer.Id)!.Status);

        var thief = Make.Info("new") with { Ip = "127.9.9.9" };
        Assert.True(bench.Peer.Identify(bench.Now, thief.Ip, new Hello(thief, bench.NextId())).IsStranger);
    }

    [Fact]
    public void Question_OfTheHost_IsAnsweredToItAlone()
    {
        var guest = new ScriptedGuest(turn => turn is GuestHears { Message: GetBlockHeaders }
            ? new GuestAnswer { Messages = [(A, new BlockHeaders(new("self"), [], Make.Id(7))), (A, Pong(1))] }
            : GuestAnswer.Nothing);
        var bench = Bench(guest).Start();
        var question = new GetBlockHeaders(A, [], Make.Id(8));
        Assert.IsType<BlockHeaders>(Assert.Single(
            bench.Peer.AskGuest(bench.Now, A, question, MessageType.BlockHeaders)));
        Assert.Single(bench.Sent<Message>());
        Assert.Single(bench.Sent<Pong>());
    }

    private static ScriptedGuest Silent() => new(_ => GuestAnswer.Nothing);

    private static PeerBench Bench(
        ScriptedGuest guest, PeerSettings? settings = null, Func<PeerId, PeerInfo?>? find = null) => new(
        settings ?? Make.Quiet,
        [Make.Info("a"), Make.Info("nated", nat: true, network: 1)],
        guest: new GuestNode(guest, find ?? (_ => null)));

    private static GuestAnswer Says(params Message[] messages) =>
        new() { Messages = [.. messages.Select(message => (A, message))] };

    private static GuestAnswer Wakes(params (string Name, double At)[] timers) =>
        new() { Timers = [.. timers.Select(timer => (TimeSpan.FromSeconds(timer.At), timer.Name))] };

    private static Pong Pong(double timestamp) => new(new PeerId("self"), timestamp, Make.Id(1));
}
