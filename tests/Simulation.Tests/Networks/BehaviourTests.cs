using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Networks with peers that withhold or are lazy: the others agree all the same.</summary>
public class BehaviourTests
{
    public static TheoryData<string, ulong> Cases =>
        [.. from behaviour in (string[])["withhold", "lazy"] from seed in Enumerable.Range(
            1, 10) select (behaviour, (ulong)seed)];

    [Theory, MemberData(nameof(Cases))]
    public void Network_WithAThirdOfThem_ConvergesAndBlamesNobody(string behaviour, ulong seed)
    {
        var network = new RecordedRun(Plan(9, i => i % 3 == 0 ? behaviour : "honest"), seed);
        network.Run.RunFor(TimeSpan.FromMinutes(2));
        network.Run.StopGeneration();

        // Equal tips are not enough: stale blocks have to get around too.
        network.Run.RunFor(TimeSpan.FromMinutes(1));
        Assert.True(network.HasConverged, network.Describe());
        Assert.Equal(6, network.Run.Honest.Count());
        Assert.All(network.Run.Peers.SelectMany(peer => peer.Core.Table.All), other => Assert.Equal(0, other.Offences));
        network.Run.Check(atEnd: true);
    }

    /// <summary>
    /// Those that hear of the block from the withholder first ask it in vain, and then somebody else.
    /// </summary>
    [Fact]
    public void Withholder_AnnouncesFirst_TheBlockComesFromSomebodyElse()
    {
        var network = new RecordedRun(Plan(3, i => i == 1 ? "withhold" : "honest", quiet: true), 1);
        var (maker, withholder, asker) = (network["0"], network["1"], network["2"]);

        // By then it has asked for headers, as it does on joining.
        network.Run.RunFor(TimeSpan.FromSeconds(10));

        // The maker tells the withholder alone; the asker hears of the block from that one.
        asker.Apply(new SetPaused(true));
        Assert.NotNull(maker.Apply(new Mine()).Block);
        var block = maker.Core.Ledger.Chain.Tip!.Id;
        Assert.True(network.Run.RunUntil(() => withholder.Core.Ledger.Chain.Contains(block), TimeSpan.FromSeconds(10)));
        network.Run.RunFor(TimeSpan.FromSeconds(5));
        asker.Apply(new SetPaused(false));
        Announce(network, withholder, asker, block);
        network.Run.RunFor(TimeSpan.FromSeconds(1));
        Assert.False(asker.Core.Ledger.Chain.Contains(block));

        Announce(network, maker, asker, block);
        Assert.True(network.Run.RunUntil(() => asker.Core.Ledger.Chain.Contains(block), TimeSpan.FromSeconds(5)));
    }

    private static void Announce(RecordedRun network, SimulatedPeer from, SimulatedPeer to, Hash256 block)
    {
        to.Core.Receive(
            network.Run.Now, from.Id, new Inv(from.Id, [block], new SeededRandom((ulong)from.Index).NextMessageId()));
        network.Run.PlanWake(to);
    }

    [Fact]
    public void Withholder_OwnBlocks_StayWithIt()
    {
        var network = new RecordedRun(Plan(5, i => i == 0 ? "withhold" : "honest"), 3);
        network.Run.RunFor(TimeSpan.FromMinutes(2));
        var own = network.Of(network["0"]).Made;
        Assert.NotEmpty(own);
        Assert.All(own, block => Assert.DoesNotContain(
            network.Run.Honest, peer => peer.Core.Ledger.Chain.Contains(block.Block)));
    }

    [Fact]
    public void Lazy_OwnBlocks_ReachEverybody()
    {
        var network = new RecordedRun(Plan(5, i => i == 0 ? "lazy" : "honest"), 3);
        network.Run.RunFor(TimeSpan.FromMinutes(2));
        network.Run.StopGeneration();
        var own = network.Of(network["0"]).Made;
        Assert.NotEmpty(own);
        Assert.True(
            network.Run.RunUntil(
                () => own.All(block => network.Run.Honest.All(peer => peer.Core.Ledger.Chain.Contains(block.Block))),
                TimeSpan.FromMinutes(1)),
            network.Describe());
    }

    private static NetworkPlan Plan(int peers, Func<int, string> behaviour, bool quiet = false) =>
        new(Enumerable.Range(0, peers).Select(i => new PeerPlan
        {
            Info = new PeerInfo(
                new PeerId($"{i}"), $"127.28.0.{10 + i}", 5000 + i, Nat: false, Light: false, PeerInfo.NoNetwork),
            Behaviour = behaviour(i),
            Settings = quiet
                ? PeerSettings.Unlimited with
                {
                    BlockInterval = TimeSpan.Zero,
                    TransactionInterval = TimeSpan.Zero,
                    SyncInterval = TimeSpan.Zero,
                    PingInterval = TimeSpan.Zero,
                }
                : PeerSettings.Default,
        }));
}
