using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>
/// Two minutes of the shipped network with its default loss and latency, then fifteen seconds of silence.
/// </summary>
public class ShippedNetworkTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Run = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Shipped_TwoMinutesThenSilence_HasOneChainWithEveryHonestBlock(ulong seed)
    {
        var network = new RecordedRun(Shipped.Plan(), seed);
        network.Run.RunFor(Run);
        network.Run.StopGeneration();

        Assert.True(network.Run.RunUntil(() => network.HasConverged, Grace), network.Describe());
        Assert.All(network.Run.Honest, peer => Assert.Equal(ChainIds(network["5005"]), ChainIds(peer)));
        network.Run.Check(atEnd: false);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Shipped_MaliciousPeers_AreBannedByWhomTheySentMoreThanThreeBadBlocks(ulong seed)
    {
        var network = new RecordedRun(Shipped.Plan(), seed);
        network.Run.RunFor(Run);

        var bans = 0;
        foreach (var peer in network.Run.Honest)
        {
            foreach (var other in peer.Core.Table.All)
            {
                var expected = network.Of(peer).BadBlocksFrom.GetValueOrDefault(other.Id) > 3;
                Assert.True(expected == other.IsBanned, $"{peer.Plan.Id} about {other.Id}\n{network.Describe()}");
                bans += other.IsBanned ? 1 : 0;
            }
        }

        Assert.True(bans > 0, network.Describe());
    }

    [Fact]
    public void Shipped_Propagation_IsHalfWithin1500MsAndNineTenthsWithin10S()
    {
        var half = new List<double>();
        var most = new List<double>();
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var network = new RecordedRun(Shipped.Plan(), (ulong)seed);
            network.Run.RunFor(Run);
            network.Run.StopGeneration();
            network.Run.RunFor(Grace);
            var honest = network.Run.Honest.ToList();
            foreach (var block in network.Run.Honest.SelectMany(peer => network.Of(peer).Made))
            {
                var delays = honest
                    .Select(peer => network.Of(peer).Arrivals.TryGetValue(block.Block, out var at)
                        ? at.TotalSeconds - block.Time.TotalSeconds
                        : double.PositiveInfinity)
                    .Order().ToList();
                half.Add(delays[(int)Math.Ceiling(honest.Count * 0.5) - 1]);
                most.Add(delays[(int)Math.Ceiling(honest.Count * 0.9) - 1]);
            }
        }

        half.Sort();
        most.Sort();
        output.WriteLine($"{half.Count} blocks: half {half[half.Count / 2]:F2} s, nine tenths "
            + $"{most[most.Count / 2]:F2} s");
        Assert.InRange(half[half.Count / 2], 0, 1.5);
        Assert.InRange(most[most.Count / 2], 0, 10);
    }

    [Fact]
    public void Shipped_NatedPeersOfTwoGroups_ExchangeHeartbeatsThroughTwoRelays()
    {
        var network = new RecordedRun(Shipped.Plan(), seed: 1);
        network.Run.RunFor(TimeSpan.FromSeconds(40));

        foreach (var (one, other) in new[] { ("5002", "5007"), ("5007", "5002") })
        {
            var seen = network[one].Core.Table.Find(new PeerId(other))!;
            Assert.Equal(PeerStatus.Alive, seen.Status);

            // Six hops of at least 20 ms.
            Assert.True(seen.RoundTripTime >= TimeSpan.FromMilliseconds(120), network.Describe());
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Shipped_PublicPeerCrashesAndReturns_HasTheChainWithin15S(ulong seed)
    {
        var network = new RecordedRun(Shipped.Plan(), seed);
        network.Run.RunFor(Run);
        SimulationRun.Crash(network["5005"]);
        network.Run.RunFor(TimeSpan.FromSeconds(30));
        Assert.Equal(PeerStatus.Unreachable, network["5010"].Core.Table.Find(new PeerId("5005"))!.Status);

        network.Run.StopGeneration();
        network.Run.RunFor(Grace);
        var wanted = network["5010"].Core.Ledger.Chain.Tip?.Id;
        network.Run.Restart(network["5005"]);
        network["5005"].Apply(new SetGenerating(false));

        Assert.True(
            network.Run.RunUntil(() => network["5005"].Core.Ledger.Chain.Tip?.Id == wanted, Grace), network.Describe());
        network.Run.RunUntil(
            () => network["5010"].Core.Table.Find(new PeerId("5005"))!.Status == PeerStatus.Alive, Grace);
        Assert.Equal(PeerStatus.Alive, network["5010"].Core.Table.Find(new PeerId("5005"))!.Status);
    }

    /// <summary>
    /// Half a minute is mostly enough. But a HELLO to a peer behind NAT and its answer have six hops, each of which loses
    /// one in twenty; after three that got no answer the name is tried again when somebody is next asked for peers.
    /// </summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Shipped_NewcomerThatKnowsOnePeer_LearnsOfAllAndHasTheChainWithinTwoMinutes(ulong seed)
    {
        var plan = Shipped.Plan();
        var network = new RecordedRun(plan, seed);
        network.Run.RunFor(Run);

        var info = plan[new PeerId("5005")].Info with { Id = new PeerId("6000"), Ip = "127.28.0.99", Port = 6000 };
        var newcomer = network.Run.Join(
            plan[new PeerId("5005")] with { Info = info }, [plan[new PeerId("5005")].Info]);
        newcomer.Apply(new SetGenerating(false));
        network.Run.StopGeneration();

        Assert.True(
            network.Run.RunUntil(
                () => newcomer.Core.Table.All.Count == 11
                    && newcomer.Core.Ledger.Chain.Tip?.Id == network["5010"].Core.Ledger.Chain.Tip?.Id
                    && network.Run.Peers.All(peer => peer == newcomer || peer.Core.Table.Find(info.Id) is not null),
                TimeSpan.FromMinutes(2)),
            network.Describe());
    }

    private static IEnumerable<Hash256> ChainIds(SimulatedPeer peer) =>
        peer.Core.Ledger.Chain.Nodes.Select(node => node.Id);
}
