using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Neighbours;

/// <summary>Names that others tell by PEERS: nothing but an attempt follows until the named peer answers.</summary>
public class HearsayTests
{
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo B = Make.Info("b");
    private static readonly PeerInfo Guest = Make.Info("guest");

    private static readonly PeerSettings Beating = Make.Quiet with
    {
        PingInterval = TimeSpan.FromSeconds(15),
        Capacity = new Range<double>(100, 100),
    };

    [Fact]
    public void Peers_MadeUpNames_AreTriedSlowlyNeverPingedAndForgotten()
    {
        var bench = new PeerBench(Beating, [A, B]).Start();
        Tell(bench, "a", MadeUp(600));
        for (var second = 0; second < 60; second++)
        {
            var before = bench.Events.Sents.Count(sent => sent.To.Value.StartsWith('x'));
            bench.RunFor(1);
            Assert.InRange(bench.Events.Sents.Count(sent => sent.To.Value.StartsWith('x')) - before, 0, 10);
        }

        Assert.DoesNotContain(bench.Sent<Ping>(), ping => ping.To.StartsWith('x'));
        Assert.Equal(["a", "b"], bench.Peer.Table.All.Select(peer => peer.Id.Value));
        bench.RunFor(10 * 60);
        Assert.Null(bench.Remote("x0"));
        var sent = bench.Events.Sents.Count(sent => sent.To.Value.StartsWith('x'));
        bench.RunFor(60);
        Assert.Equal(sent, bench.Events.Sents.Count(sent => sent.To.Value.StartsWith('x')));
    }

    /// <summary>The reason for all of it: a flood of names cost the blocks of the others a minute.</summary>
    [Fact]
    public void Peers_MadeUpNames_DelayNoBlock()
    {
        var bench = new PeerBench(Beating, [A, B]).Start();
        Tell(bench, "a", MadeUp(10_000));
        bench.RunFor(1);
        for (var i = 0; i < 60; i++)
        {
            bench.ReceiveInv("b", $"block{i}");
            Assert.Equal(Make.Hash($"block{i}"), bench.Sent<GetBlock>("b")[^1].Message.BlockIds[^1]);
            bench.Receive("b", Make.Block($"block{i}"));
            bench.RunFor(1);
        }
    }

    [Fact]
    public void Peers_FromOneInformant_DoNotKeepOutThoseOfAnother()
    {
        var bench = new PeerBench(Beating, [A, B]).Start();
        for (var i = 0; i < 20; i++)
        {
            Tell(bench, "a", MadeUp(1_000, first: 1_000 * i));
        }

        Tell(bench, "b", [Guest]);
        bench.RunFor(5);
        Assert.NotEmpty(bench.Sent<Hello>("guest"));
    }

    [Fact]
    public void Peers_NamesThatDoNotAnswer_AreNotPassedOn()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        Tell(bench, "a", [Guest]);
        bench.Receive("b", new GetPeers(B.Id, bench.NextId()));
        Assert.DoesNotContain(Guest, bench.Sent<PeerList>("b")[^1].Message.Peers);

        Join(bench, Guest);
        bench.Receive("b", new GetPeers(B.Id, bench.NextId()));
        Assert.Contains(Guest, bench.Sent<PeerList>("b")[^1].Message.Peers);
    }

    /// <summary>Whoever is named may be the victim: the name is nobody's until somebody answers to it.</summary>
    [Fact]
    public void Newcomer_NamedInPeersElsewhereBefore_IsTakenInAndAnswered()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        Tell(bench, "a", [Guest with { Ip = "127.66.6.6" }]);

        Join(bench, Guest);

        Assert.Equal(Guest, bench.Remote("guest").Info);
        Assert.Equal(Guest.Id, bench.Peer.Identify(Guest.Ip));
        Assert.Equal(Guest.Ip, bench.Transmitter.All.Last(sent => sent.NextHop == Guest.Id).Hop.Info.Ip);
        Assert.NotEmpty(bench.Sent<Hello>("guest"));
    }

    [Fact]
    public void Newcomer_WithTheNameOfOneThatAnswers_IsAStranger()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        Join(bench, Guest);
        var other = new Hello(Guest with { Ip = "127.66.6.6" }, bench.NextId());
        Assert.True(bench.Peer.Identify(bench.Now, other.Info.Ip, other).IsStranger);
        Assert.Equal(Guest, bench.Remote("guest").Info);
    }

    [Fact]
    public void Newcomer_WithTheNameOfOneThatIsAway_TakesItOver()
    {
        var bench = new PeerBench(Beating, [A]).Start();
        Join(bench, Guest);
        bench.RunFor(60);
        Assert.Equal(PeerStatus.Unreachable, bench.Remote("guest").Status);

        Join(bench, Guest with { Ip = "127.66.6.6" });
        Assert.Equal("127.66.6.6", bench.Remote("guest").Info.Ip);
    }

    /// <summary>A flood of names must not lock out real newcomers.</summary>
    [Fact]
    public void Newcomer_AfterAFloodOfNamesFromOneAddress_IsTakenIn()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        for (var i = 0; i < 11_000; i++)
        {
            var hello = new Hello(new PeerInfo(new PeerId($"x{i}"), "127.66.6.6", 1 + i, false, false, -1), Make.Id(i));
            bench.Peer.Identify(bench.Now, hello.Info.Ip, hello);
        }

        Assert.InRange(bench.Peer.Table.All.Count, 2, 100);
        Join(bench, Guest);
        Assert.NotNull(bench.Remote("guest"));
    }

    /// <summary>Nobody has an answer for us whom we did not ask, and whoever answers is there.</summary>
    [Fact]
    public void Established_PeersThatAnswer_StayWhenTheTableIsFull()
    {
        var bench = new PeerBench(Beating, [A]).Start();
        Join(bench, Guest);
        for (var i = 0; i < 10_100; i++)
        {
            var info = new PeerInfo(new PeerId($"x{i}"), $"127.66.{i >> 7}.{i & 127}", 5000, false, false, -1);
            bench.Peer.Identify(bench.Now, info.Ip, new Hello(info, Make.Id(i)));
        }

        Assert.Equal(10_000, bench.Peer.Table.All.Count);
        Assert.NotNull(bench.Remote("guest"));

        // Those that do not answer make room, the guest that answers does not.
        for (var second = 0; second < 60; second++)
        {
            bench.RunFor(1);
            bench.Receive("guest", new Inv(Guest.Id, [], bench.NextId()));
        }

        Join(bench, B);
        Assert.NotNull(bench.Remote("b"));
        Assert.NotNull(bench.Remote("guest"));
        Assert.Equal(10_000, bench.Peer.Table.All.Count);
    }

    private static PeerInfo[] MadeUp(int count, int first = 0) =>
    [
        .. Enumerable.Range(first, count).Select(
            i => new PeerInfo(new PeerId($"x{i}"), $"127.66.{i >> 7}.{i & 127}", 5000, false, false, -1)),
    ];

    private static void Tell(PeerBench bench, string informant, params PeerInfo[] peers) =>
        bench.Receive(informant, new PeerList(new PeerId(informant), peers, bench.NextId()));

    private static void Join(PeerBench bench, PeerInfo info)
    {
        var hello = new Hello(info, bench.NextId());
        Assert.Equal(info.Id, bench.Peer.Identify(bench.Now, info.Ip, hello));
        bench.Receive(info.Id.Value, hello);
    }
}
