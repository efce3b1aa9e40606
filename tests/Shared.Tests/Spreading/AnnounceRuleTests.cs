using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Spreading;

public class AnnounceRuleTests
{
    private static readonly PeerSettings Settings = Make.Quiet with { Fanout = 3, GossipRounds = 4 };

    [Fact]
    public void Transaction_RandomNetwork_GoesToFanoutFullPeersButNotBack() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 5], Gen.Bool.Array[1, 10]).Sample((seed, fanout, light) =>
        {
            var bench = new PeerBench(Make.Quiet with { Fanout = fanout }, Peers(light), seed: seed);
            bench.Receive("p00", Make.Transaction("tx"));

            var targets = bench.Sent<Transaction>().Select(sent => sent.To).ToList();
            Assert.Equal(Math.Min(fanout, light.Skip(1).Count(isLight => !isLight)), targets.Count);
            Assert.Equal(targets.Count, targets.Distinct().Count());
            Assert.DoesNotContain("p00", targets);
            Assert.DoesNotContain(targets, target => bench.Remote(target).Info.Light);
        });

    [Fact]
    public void Transaction_ManySeeds_ReachesEachPeerAsOften()
    {
        var told = new int[10];
        for (var seed = 0UL; seed < 2_000; seed++)
        {
            var bench = new PeerBench(Settings, Peers(new bool[10]), seed: seed);
            bench.Receive("p00", Make.Transaction("tx"));
            foreach (var (_, to, _) in bench.Sent<Transaction>())
            {
                told[bench.Peer.Table.All.ToList().FindIndex(peer => peer.Id.Value == to)]++;
            }
        }

        // Mean 667, standard deviation 21: five of those.
        Assert.All(told[1..], count => Assert.InRange(count, 560, 770));
    }

    [Fact]
    public void Block_RandomNetwork_IsAnnouncedInRoundsToNobodyTwice() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 4], Gen.Int[1, 6], Gen.Bool.Array[1, 20])
            .Sample((seed, fanout, rounds, light) =>
        {
            var settings = Make.Quiet with { Fanout = fanout, GossipRounds = rounds };
            var bench = new PeerBench(settings, Peers(light), seed: seed);
            bench.Receive("p00", Make.Block("block"));
            bench.RunFor(60);

            var announced = bench.Sent<Inv>();
            var targets = announced.Select(sent => sent.To).ToList();
            Assert.Equal(Math.Min(fanout * rounds, light.Length - 1), targets.Count);
            Assert.Equal(targets.Count, targets.Distinct().Count());
            Assert.DoesNotContain("p00", targets);
            foreach (var round in announced.GroupBy(sent => sent.At))
            {
                Assert.InRange(round.Count(), 1, fanout);
                Assert.Equal(0, round.Key.Ticks % settings.GossipInterval.Ticks);
            }
        });

    [Fact]
    public void Block_AnnouncedToUsDuringTheRounds_IsNotToldBack()
    {
        var bench = new PeerBench(Settings with { Fanout = 1, GossipRounds = 9 }, Make.Infos(6));
        bench.Receive("p00", Make.Block("block"));
        string[] all = ["p01", "p02", "p03", "p04", "p05"];
        var others = all.Except(bench.Sent<Inv>().Select(sent => sent.To)).ToList();
        others[..3].ForEach(other => bench.ReceiveInv(other, "block"));

        bench.RunFor(60);

        Assert.DoesNotContain(bench.Sent<Inv>(), sent => others[..3].Contains(sent.To));
        Assert.Equal(2, bench.Sent<Inv>().Count);
    }

    [Fact]
    public void Block_AnnouncedToUsBeforeItCame_IsNotToldBack()
    {
        var bench = new PeerBench(Settings with { Fanout = 6 }, Make.Infos(6));
        bench.ReceiveInv("p00", "block");
        bench.ReceiveInv("p01", "block");
        bench.ReceiveInv("p02", "block");
        bench.Receive("p00", Make.Block("block"));

        bench.RunFor(60);

        Assert.Equal(["p03", "p04", "p05"], bench.Sent<Inv>().Select(sent => sent.To).Order());
    }

    [Fact]
    public void Block_UnusablePeers_AreNotTold()
    {
        var bench = new PeerBench(Settings with { Fanout = 9 }, Make.Infos(4));
        bench.Peer.Table.Ban(bench.Remote("p01"));
        bench.Peer.Table.SetStatus(bench.Remote("p02"), PeerStatus.Unreachable);
        bench.Receive("p00", Make.Block("block"));
        bench.RunFor(60);
        Assert.Equal(["p03"], bench.Sent<Inv>().Select(sent => sent.To));
    }

    [Fact]
    public void Block_AtALightPeer_IsAnnouncedToNobody()
    {
        var bench = new PeerBench(Settings, Make.Infos(4), Make.Info("self", light: true));
        bench.Receive("p00", Make.Block("block"));
        bench.RunFor(60);
        Assert.Single(bench.Events.AcceptedBlocks);
        Assert.Empty(bench.Events.Sents);
    }

    private static IEnumerable<PeerInfo> Peers(bool[] light) =>
        light.Select((isLight, i) => Make.Info($"p{i:00}", light: isLight));
}
