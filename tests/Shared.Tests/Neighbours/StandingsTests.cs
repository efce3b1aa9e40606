using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Neighbours;

/// <summary>What follows from what others do wrong, and that nobody can bring it upon somebody else.</summary>
public class StandingsTests
{
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo Honest = Make.Info("honest");
    private static readonly PeerInfo Liar = Make.Info("liar");

    [Fact]
    public void BanFor_IsOver_ThePeerIsHeardAgainOnProbation()
    {
        var bench = new PeerBench(Make.Quiet with { BanFor = TimeSpan.FromHours(1) }, [A]);
        Lie(bench, "a", 4);
        Assert.True(bench.Remote("a").IsBanned);
        bench.RunFor(TimeSpan.FromMinutes(59));
        Assert.True(bench.Remote("a").IsBanned);

        bench.RunFor(TimeSpan.FromMinutes(1));
        Assert.False(bench.Remote("a").IsBanned);
        Assert.Single(bench.Events.Happenings.OfType<NeighbourPardoned>());
        bench.Receive("a", new Ping(A.Id, 1, bench.NextId()));
        Assert.Single(bench.Sent<Pong>("a"));

        Lie(bench, "a", 1);
        Assert.True(bench.Remote("a").IsBanned);
    }

    [Fact]
    public void BanFor_NotSet_IsForGood()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        Lie(bench, "a", 4);
        bench.RunFor(TimeSpan.FromDays(30));
        Assert.True(bench.Remote("a").IsBanned);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public void Points_OfLongAgo_AreForgiven(int forgiveAfterHours, bool banned)
    {
        var bench = new PeerBench(Make.Quiet with { ForgiveAfter = TimeSpan.FromHours(forgiveAfterHours) }, [A]);
        Lie(bench, "a", 3);
        bench.RunFor(TimeSpan.FromHours(10));
        Lie(bench, "a", 3);
        Assert.Equal(banned, bench.Remote("a").IsBanned);
        Assert.Equal(banned ? 4 : 6, bench.Remote("a").Offences);
    }

    [Fact]
    public void Malformed_AnyNumber_ThrottlesAndNeverBans()
    {
        var settings = Make.Quiet with { InboundLimit = new RateLimit(100, TimeSpan.FromSeconds(5)) };
        var bench = new PeerBench(settings, [A]);
        Assert.Equal(100, Accepted(bench, "a"));
        for (var i = 0; i < 1_000; i++)
        {
            bench.Peer.ReceiveMalformed(bench.Now, A.Id, MalformedReason.NotJson);
        }

        bench.RunFor(60);
        Assert.Equal(25, Accepted(bench, "a"));
        Assert.False(bench.Remote("a").IsBanned);
        Assert.Equal(0, bench.Remote("a").Offences);

        // After a day half of it is forgiven, and so is the throttle.
        bench.RunFor(TimeSpan.FromHours(25));
        Assert.Equal(100, Accepted(bench, "a"));
    }

    [Fact]
    public void Standings_Restored_AreAsBeforeAlsoForOneThatComesLater()
    {
        var settings = Make.Quiet with { BanFor = TimeSpan.FromHours(1) };
        var before = new PeerBench(settings, [A, Liar, Honest]);
        Lie(before, "liar", 4);
        Lie(before, "a", 2);
        var kept = before.Peer.Standings(before.Now);
        Assert.Equal(["a", "liar"], kept.Select(standing => standing.Peer.Value).Order());

        var after = new PeerBench(settings, [A, Honest]);
        after.RunFor(60);
        after.Peer.Restore(after.Now, kept);
        Assert.Equal(2, after.Remote("a").Offences);
        var hello = new Hello(Liar, after.NextId());
        after.Peer.Identify(after.Now, Liar.Ip, hello);
        Assert.True(after.Remote("liar").IsBanned);
        after.RunFor(TimeSpan.FromHours(1));
        Assert.False(after.Remote("liar").IsBanned);

        Lie(after, "a", 2);
        Assert.True(after.Remote("a").IsBanned);
    }

    /// <summary>Else a ban would be over when the name comes back.</summary>
    [Fact]
    public void Banned_NewcomerWhoIsForgotten_IsBannedWhenItComesBack()
    {
        var bench = new PeerBench(Make.Quiet with { PingInterval = TimeSpan.FromSeconds(15) }, [A]).Start();
        bench.Peer.Identify(bench.Now, Liar.Ip, new Hello(Liar, bench.NextId()));
        Lie(bench, "liar", 3);
        bench.RunFor(TimeSpan.FromMinutes(11));
        Assert.Null(bench.Remote("liar"));

        bench.Peer.Identify(bench.Now, Liar.Ip, new Hello(Liar, bench.NextId()));
        Lie(bench, "liar", 1);
        Assert.True(bench.Remote("liar").IsBanned);
    }

    /// <summary>All that a neighbour can do in the name of another: forge, relay, replay, share an address.</summary>
    [Fact]
    public void Liar_WhateverItDoesInAnothersName_CostsThatOneNothing()
    {
        var gate = Make.Info("gate", network: 1);
        var nated = Make.Info("nated", nat: true, network: 1);
        var settings = Make.Quiet with { InboundLimit = new RateLimit(100, TimeSpan.FromSeconds(5)) };
        var bench = new PeerBench(settings, [Honest, Liar, gate, nated]);
        var asked = new Ping(Honest.Id, 1, bench.NextId());
        bench.Receive("honest", asked);
        for (var i = 0; i < 50; i++)
        {
            bench.RunFor(10);

            // Replayed, and forged: with its name as sender and as maker.
            bench.Receive("liar", asked);
            bench.Receive("liar", new PeerList(Honest.Id, [Honest with { Ip = Liar.Ip }], bench.NextId()));
            bench.ReceiveHello("liar", Honest);
            bench.Receive("liar", new Block(
                Make.Header($"maker{i}") with { Sender = Honest.Id }, [], [], default, HasValidId: false));
            bench.Peer.ReceiveMalformed(bench.Now, Liar.Id, MalformedReason.NotJson);

            // Relayed.
            bench.Receive("liar", Relayed(bench, Honest.Id, Make.Block($"a{i}", valid: false)));
            bench.Receive("liar", Relayed(bench, nated.Id, Make.Transaction($"b{i}", valid: false)));

            // As a stranger, and in its name from another address.
            bench.Receive("@127.66.6.6", Make.Block($"c{i}", valid: false));
            var hello = new Hello(Honest with { Ip = "127.66.6.6" }, bench.NextId());
            Assert.True(bench.Peer.Identify(bench.Now, "127.66.6.6", hello).IsStranger);
            for (var flood = 0; flood < 200; flood++)
            {
                bench.Receive("@127.66.6.6", Make.Transaction($"d{flood}", valid: false));
            }
        }

        Assert.True(bench.Remote("liar").IsBanned);
        foreach (var innocent in (string[])["honest", "gate", "nated"])
        {
            Assert.False(bench.Remote(innocent).IsBanned);
            Assert.Equal(0, bench.Remote(innocent).Score.Points);
        }

        Assert.Equal(Honest, bench.Remote("honest").Info);
        Assert.Equal(Honest.Id, bench.Peer.Identify(Honest.Ip));
        Assert.Equal(100, Accepted(bench, "honest"));
    }

    /// <summary>Two newcomers behind one address, of whom one lies.</summary>
    [Fact]
    public void Newcomers_ThatShareAnAddress_AnswerEachForItself()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        var (one, other) = (Honest, Liar with { Ip = Honest.Ip, Port = 6000 });
        bench.Peer.Identify(bench.Now, one.Ip, new Hello(one, bench.NextId()));
        bench.Peer.Identify(bench.Now, other.Ip, new Hello(other, bench.NextId()));
        Lie(bench, "liar", 4);

        Assert.True(bench.Peer.Identify(one.Ip).IsStranger);
        Assert.Equal(one.Id, bench.Peer.Identify(bench.Now, one.Ip, new Hello(one, bench.NextId())));
        Assert.False(bench.Remote("honest").IsBanned);
    }

    private static void Lie(PeerBench bench, string via, int times)
    {
        for (var i = 0; i < times; i++)
        {
            bench.Receive(via, Make.Block($"{via}{bench.NextId()}", valid: false));
        }
    }

    /// <summary>How many of many messages at once are taken.</summary>
    private static int Accepted(PeerBench bench, string via)
    {
        var before = bench.Sent<Pong>(via).Count;
        for (var i = 0; i < 150; i++)
        {
            bench.Receive(via, new Ping(new PeerId(via), i, bench.NextId()));
        }

        bench.RunFor(60);
        return bench.Sent<Pong>(via).Count - before;
    }

    private static Relay Relayed(PeerBench bench, PeerId origin, Message payload) =>
        new(origin, bench.Peer.Info.Id, payload, bench.NextId(), default);
}
