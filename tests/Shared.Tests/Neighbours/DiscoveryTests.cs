using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Neighbours;

public class DiscoveryTests
{
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo Guest = Make.Info("guest");

    [Fact]
    public void Start_KnownPeers_AreGreetedOnce()
    {
        var bench = new PeerBench(Make.Quiet, [A, Make.Info("b")]).Start();
        bench.RunFor(60);
        Assert.Equal(["a", "b"], bench.Sent<Hello>().Select(hello => hello.To));
        Assert.All(bench.Sent<Hello>(), hello => Assert.Equal(bench.Peer.Info, hello.Message.Info));
    }

    [Fact]
    public void Hello_AfterAWhile_IsAnsweredOnce()
    {
        var bench = new PeerBench(Make.Quiet, [A]).Start();

        // It crosses ours.
        bench.ReceiveHello("a", A);
        Assert.Single(bench.Sent<Hello>("a"));

        bench.RunFor(60);
        bench.ReceiveHello("a", A);
        bench.ReceiveHello("a", A);
        Assert.Equal(2, bench.Sent<Hello>("a").Count);
    }

    [Fact]
    public void Hello_TwoPeersAnswerEachOther_EndsAfterOneEach()
    {
        var (left, right) = (new PeerBench(Make.Quiet, [A]), new PeerBench(Make.Quiet, [Make.Info("self")], self: A));
        var (leftCarried, rightCarried) = (0, 0);
        left.Start();
        for (var round = 0; round < 10; round++)
        {
            Carry(left, "self", right, ref leftCarried);
            Carry(right, "a", left, ref rightCarried);
        }

        Assert.Single(left.Sent<Hello>());
        Assert.Single(right.Sent<Hello>());
    }

    [Fact]
    public void Hello_DiscoveryOn_AsksOnceThenEveryMinuteOnceAnswered()
    {
        var bench = new PeerBench(Make.Quiet with { Discovery = true }, [A, Make.Info("b")]).Start();
        bench.ReceiveHello("a", A);
        bench.ReceiveHello("b", Make.Info("b"));
        Assert.Equal("a", Assert.Single(bench.Sent<GetPeers>()).To);

        bench.Receive("a", new PeerList(A.Id, [A, Make.Info("b")], bench.NextId()));
        bench.RunFor(5);
        var answered = bench.Sent<GetPeers>().Count;
        bench.RunFor(120);
        Assert.Equal(answered + 2, bench.Sent<GetPeers>().Count);
    }

    [Fact]
    public void GetPeers_NeverAnswered_IsAskedEverMoreSeldom()
    {
        var bench = new PeerBench(Make.Quiet with { Discovery = true }, [A]).Start();
        bench.ReceiveHello("a", A);
        bench.RunFor(60);

        // After 1, 2, 4, 8, 16 and 32 seconds of waiting.
        Assert.Equal(6, bench.Sent<GetPeers>().Count);
    }

    [Fact]
    public void Hello_DiscoveryOff_AsksNobody()
    {
        var bench = new PeerBench(Make.Quiet, [A]).Start();
        bench.ReceiveHello("a", A);
        Assert.Empty(bench.Sent<GetPeers>());
    }

    /// <summary>Else two peers far from each other would greet each other without end.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.6)]
    [InlineData(2)]
    public void Hello_BetweenDistantPeers_EndsAfterAFew(double latency)
    {
        var settings = Make.Quiet with
        {
            PingInterval = TimeSpan.FromSeconds(15),
            Latency = new(TimeSpan.FromSeconds(latency), TimeSpan.FromSeconds(latency)),
        };
        var (left, right) = (new PeerBench(settings, [A]), new PeerBench(settings, [Make.Info("self")], self: A));
        var (leftCarried, rightCarried) = (0, 0);
        left.Start();
        right.Start();
        for (var step = 1; step < 1_200; step++)
        {
            left.RunUntil(TimeSpan.FromSeconds(step / 10.0));
            right.RunUntil(TimeSpan.FromSeconds(step / 10.0));
            Carry(left, "self", right, ref leftCarried);
            Carry(right, "a", left, ref rightCarried);
        }

        Assert.InRange(left.Sent<Hello>().Count + right.Sent<Hello>().Count, 2, 8);
    }

    [Fact]
    public void GetPeers_Received_IsAnsweredWithAllOthersAndItself()
    {
        var bench = new PeerBench(Make.Quiet, [A, Make.Info("b"), Make.Info("gone"), Make.Info("bad")]);
        bench.Peer.Table.SetStatus(bench.Remote("gone"), PeerStatus.Unreachable);
        bench.Peer.Table.Ban(bench.Remote("bad"));

        bench.Receive("a", new GetPeers(A.Id, bench.NextId()));

        // A ban is one's own experience; whoever asks will make its own.
        Assert.Equal(
            [Make.Info("b"), Make.Info("gone"), Make.Info("bad"), bench.Peer.Info],
            Assert.Single(bench.Sent<PeerList>("a")).Message.Peers);
    }

    [Fact]
    public void Peers_Received_AreGreetedAndLearntWhenTheyAnswer()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("a", new PeerList(A.Id, [Guest, A, bench.Peer.Info], bench.NextId()));

        Assert.Equal("guest", Assert.Single(bench.Sent<Hello>()).To);
        Assert.Empty(bench.Events.Discovered);
        Assert.Equal(["a"], bench.Peer.Table.All.Select(peer => peer.Id.Value));

        bench.ReceiveHello("guest", Guest);
        Assert.Equal([Guest.Id], bench.Events.Discovered);
        Assert.Equal(["a", "guest"], bench.Peer.Table.All.Select(peer => peer.Id.Value));
    }

    [Fact]
    public void Peers_OfAKnownPeer_ChangesNothing()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("a", new PeerList(A.Id, [Guest], bench.NextId()));
        bench.Receive("a", new PeerList(A.Id, [A with { Ip = "10.9.9.9" }, Guest with { Port = 1 }], bench.NextId()));

        Assert.Equal(A, bench.Remote("a").Info);
        Assert.Equal(Guest, bench.Remote("guest").Info);
    }

    [Fact]
    public void Hello_OfAPlannedPeerWithAnotherAddress_DoesNotMoveIt()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.ReceiveHello("a", A with { Ip = "10.9.9.9", Light = true });
        Assert.Equal(A, bench.Remote("a").Info);
    }

    [Fact]
    public void Hello_OfAPeerInNoPlan_MovesIt()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("a", new PeerList(A.Id, [Guest], bench.NextId()));
        bench.ReceiveHello("guest", Guest with { Port = 6000 });
        Assert.Equal(6000, bench.Remote("guest").Info.Port);
    }

    [Fact]
    public void Hello_InAnothersName_LeavesBothAsTheyAre()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("a", new PeerList(A.Id, [Guest, Make.Info("other")], bench.NextId()));
        bench.RunFor(1);
        bench.ReceiveHello("guest", Guest);
        bench.ReceiveHello("other", Make.Info("other"));

        bench.ReceiveHello("guest", Make.Info("other") with { Ip = "10.9.9.9" });
        bench.ReceiveHello("guest", Make.Info("a") with { Ip = "10.9.9.9" });

        Assert.Equal(["a", "guest", "other"], bench.Peer.Table.All.Select(peer => peer.Id.Value));
        Assert.All(bench.Peer.Table.All, peer => Assert.Equal(Make.Info(peer.Id.Value), peer.Info));
    }

    /// <summary>Anybody could write any origin into a RELAY.</summary>
    [Fact]
    public void Hello_ByRelay_DoesNotMoveAKnownPeer()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("a", new PeerList(A.Id, [Guest], bench.NextId()));
        var forged = new Hello(Guest with { Ip = "10.9.9.9" }, bench.NextId());

        bench.Receive("a", new Relay(Guest.Id, bench.Peer.Info.Id, forged, bench.NextId(), default));

        Assert.Equal(Guest, bench.Remote("guest").Info);
    }

    [Fact]
    public void Hello_ByRelayFromAnUnknownPeer_IsAnsweredAndLearntWhenItGoesOn()
    {
        var nated = Make.Info("nated", nat: true, network: 1);
        var bench = new PeerBench(Make.Quiet, [Make.Info("gate", network: 1)]);

        bench.Receive("gate", new Relay(
            nated.Id, bench.Peer.Info.Id, new Hello(nated, bench.NextId()), bench.NextId(), default));

        var relay = Assert.Single(bench.Sent<Relay>("gate")).Message;
        Assert.Equal(nated.Id, relay.Target);
        Assert.IsType<Hello>(relay.Payload);
        Assert.Empty(bench.Events.Discovered);

        // It has an answer, and so can do what it came for.
        bench.Receive("gate", new Relay(
            nated.Id, bench.Peer.Info.Id, new Ping(nated.Id, 1, bench.NextId()), bench.NextId(), default));
        Assert.Equal([nated.Id], bench.Events.Discovered);
        Assert.IsType<Pong>(bench.Sent<Relay>("gate")[^1].Message.Payload);
    }

    private static void Carry(PeerBench from, string name, PeerBench to, ref int carried)
    {
        for (; carried < from.Transmitter.All.Count; carried++)
        {
            to.Receive(name, from.Transmitter.All[carried].Message);
        }
    }
}
