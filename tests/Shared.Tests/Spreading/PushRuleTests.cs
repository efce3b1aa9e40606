using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Spreading;

public class PushRuleTests
{
    private static readonly PeerSettings Settings = Make.Quiet with { Relay = "push", Fanout = 1 };

    /// <summary>n neighbours lack it: those known, but the one that it came from.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 3)]
    [InlineData(10, 3)]
    [InlineData(11, 4)]
    [InlineData(17, 4)]
    [InlineData(18, 5)]
    [InlineData(101, 10)]
    public void Block_GoesWholeToTheRootOfThoseThatLackIt_AndIsAnnouncedToTheRest(int known, int given)
    {
        var bench = new PeerBench(Settings, Make.Infos(known));
        bench.Receive("p00", Make.Block("block"));
        bench.RunFor(60);

        Assert.Equal(given, bench.Sent<Block>().Count);
        Assert.Equal(known - 1 - given, bench.Sent<Inv>().Count);
        Assert.Equal(
            Make.Infos(known).Skip(1).Select(info => info.Id.Value).Order(),
            bench.Events.Sents.Select(sent => sent.To.Value).Order());
        Assert.All(bench.Events.Sents, sent => Assert.Equal(TimeSpan.Zero, sent.At));
    }

    [Fact]
    public void Block_RandomNetwork_NeverGoesWholeToALightPeer() =>
        Gen.Select(Gen.ULong, Gen.Bool.Array[1, 20]).Sample((seed, light) =>
        {
            var bench = new PeerBench(
                Settings, light.Select((isLight, i) => Make.Info($"p{i:00}", light: isLight)), seed: seed);
            bench.Receive("p00", Make.Block("block"));

            var root = (int)Math.Ceiling(Math.Sqrt(light.Length - 1));
            Assert.Equal(Math.Min(root, light.Skip(1).Count(isLight => !isLight)), bench.Sent<Block>().Count);
            Assert.Equal(light.Length - 1, bench.Sent<Block>().Count + bench.Sent<Inv>().Count);
            Assert.DoesNotContain(bench.Sent<Block>(), sent => bench.Remote(sent.To).Info.Light);
        });

    [Fact]
    public void Block_ManySeeds_GoesToEachPeerAsOften()
    {
        var given = new int[10];
        for (var seed = 0UL; seed < 2_000; seed++)
        {
            var bench = new PeerBench(Settings, Make.Infos(10), seed: seed);
            bench.Receive("p00", Make.Block("block"));
            foreach (var (_, to, _) in bench.Sent<Block>())
            {
                given[bench.Peer.Table.All.ToList().FindIndex(peer => peer.Id.Value == to)]++;
            }
        }

        // Mean 667, standard deviation 21: five of those.
        Assert.All(given[1..], count => Assert.InRange(count, 560, 770));
    }

    [Fact]
    public void Block_NeighboursThatHaveItOrAreAway_CountForNothing()
    {
        var bench = new PeerBench(Settings, Make.Infos(8));
        bench.Peer.Table.Ban(bench.Remote("p06"));
        bench.Peer.Table.SetStatus(bench.Remote("p07"), PeerStatus.Unreachable);
        bench.ReceiveInv("p00", "block");
        bench.ReceiveInv("p01", "block");
        bench.Receive("p00", Make.Block("block"));

        // p02 to p05 are left.
        Assert.Equal(2, bench.Sent<Block>().Count);
        Assert.Equal(2, bench.Sent<Inv>().Count);
        string[] told = [.. bench.Sent<Block>().Select(sent => sent.To), .. bench.Sent<Inv>().Select(sent => sent.To)];
        Assert.Equal(["p02", "p03", "p04", "p05"], told.Order());
    }

    [Fact]
    public void Transaction_GoesToTheRootOfTheFullNeighboursButNotBack()
    {
        PeerInfo[] known = [.. Make.Infos(11), Make.Info("light", light: true)];
        var bench = new PeerBench(Settings, known);
        bench.Receive("p00", Make.Transaction("tx"));

        var targets = bench.Sent<Transaction>().Select(sent => sent.To).Distinct().ToList();
        Assert.Equal(4, targets.Count);
        Assert.Equal(4, bench.Sent<Transaction>().Count);
        Assert.DoesNotContain("p00", targets);
        Assert.DoesNotContain("light", targets);
    }

    /// <summary>
    /// What a push peer sends, any other takes: nobody asked for it, and somebody else was asked for it.
    /// </summary>
    [Theory]
    [InlineData("announce")]
    [InlineData("push")]
    [InlineData("flood")]
    public void UnsolicitedBlock_IsTakenInAndAskedForNoMore(string relay)
    {
        var bench = new PeerBench(Settings with { Relay = relay, Fanout = 9 }, Make.Infos(4));
        bench.Receive("p00", Make.Block("a"));
        bench.ReceiveInv("p01", "b");
        bench.Receive("p00", Make.Block("b", "a"));
        bench.RunFor(60);

        Assert.Equal(["a", "b"], bench.Events.AcceptedBlocks.Select(Name));
        Assert.Single(bench.Sent<GetBlock>());
        Assert.Empty(bench.Events.Offences);
        string[] told =
        [
            .. bench.Sent<Inv>().Select(sent => $"{Name(sent.Message.BlockIds.Single())}->{sent.To}"),
            .. bench.Sent<Block>().Select(sent => $"{Name(sent.Message.Id)}->{sent.To}"),
        ];
        Assert.Equal(["a->p01", "a->p02", "a->p03", "b->p02", "b->p03"], told.Order());

        bench.Receive("p01", Make.Block("b", "a"));
        Assert.Contains((MessageType.Block, new PeerId("p01")), bench.Events.Redundants);
    }

    [Fact]
    public void UnsolicitedBlock_WithoutItsParent_AsksItsSenderForTheParent()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(4));
        bench.Receive("p02", Make.Block("b", "a"));
        var ask = Assert.Single(bench.Sent<GetBlock>());
        Assert.Equal(("p02", Make.Hash("a")), (ask.To, ask.Message.BlockIds.Single()));
    }

    private static string Name(Hash256 id) => id == Make.Hash("a") ? "a" : "b";
}
