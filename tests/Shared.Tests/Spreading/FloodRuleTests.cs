using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class FloodRuleTests
{
    /// <summary>A fan-out of 1 is for others.</summary>
    private readonly PeerBench _bench = new(
        Make.Quiet with { Relay = "flood", Fanout = 1, GossipRounds = 5 },
        [.. Make.Infos(30), Make.Info("light", light: true)]);

    [Fact]
    public void Block_IsAnnouncedAtOnceToAllThatLackIt()
    {
        _bench.Peer.Table.Ban(_bench.Remote("p28"));
        _bench.Peer.Table.SetStatus(_bench.Remote("p29"), PeerStatus.Unreachable);
        _bench.ReceiveInv("p00", "block");
        _bench.ReceiveInv("p01", "block");
        _bench.Receive("p00", Make.Block("block"));

        var all = Enumerable.Range(2, 26).Select(i => $"p{i:00}").Prepend("light");
        Assert.Equal(all, _bench.Sent<Inv>().Select(sent => sent.To).Order(StringComparer.Ordinal));

        _bench.RunFor(60);
        Assert.Equal(27, _bench.Sent<Inv>().Count);
        Assert.Empty(_bench.Sent<Block>());
    }

    [Fact]
    public void Transaction_GoesToAllFullNeighboursButNotBack()
    {
        _bench.Receive("p00", Make.Transaction("tx"));
        var all = Enumerable.Range(1, 29).Select(i => $"p{i:00}");
        Assert.Equal(all, _bench.Sent<Transaction>().Select(sent => sent.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Block_AtALightPeer_IsAnnouncedToNobody()
    {
        foreach (var relay in Rules)
        {
            var bench = new PeerBench(
                Make.Quiet with { Relay = relay }, Make.Infos(4), Make.Info("self", light: true));
            bench.Receive("p00", Make.Block("block"));
            bench.RunFor(60);
            Assert.Single(bench.Events.AcceptedBlocks);
            Assert.Empty(bench.Events.Sents);
        }
    }

    [Fact]
    public void Rule_ThatDoesNotExist_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new PeerBench(Make.Quiet with { Relay = "shout" }, []));
        Assert.Contains("there is no relay rule \"shout\"; there are announce, push, flood", error.Message,
            StringComparison.Ordinal);
    }

    private static readonly string[] Rules = ["announce", "push", "flood"];
}
