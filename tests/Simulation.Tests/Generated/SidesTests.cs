using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation.Tests.Generated;

/// <summary>The sides of a partitioned network: what each peer is told of them.</summary>
public sealed class SidesTests
{
    private static readonly TimeSpan Never = TimeSpan.Zero;

    [Fact]
    public void Partition_TellsEverySideOfTheOther()
    {
        var run = Network();

        run.Apply(new Partition(Never, PeerChoice.Of("0", "1")));

        Assert.Equal(
            ["0: 2 3 4 5", "1: 2 3 4 5", "2: 0 1", "3: 0 1", "4: 0 1", "5: 0 1"], Blocked(run));
    }

    /// <summary>Two peers reach each other that are on the same side of every partition.</summary>
    [Fact]
    public void Partitions_SeveralAtOnce_MakeSeveralSidesUntilHeal()
    {
        var run = Network();
        run.Apply(new Partition(Never, PeerChoice.Of("0", "1", "2")));
        run.Apply(new Partition(Never, PeerChoice.Of("2", "3")));
        Assert.Equal(
            ["0: 2 3 4 5", "1: 2 3 4 5", "2: 0 1 3 4 5", "3: 0 1 2 4 5", "4: 0 1 2 3", "5: 0 1 2 3"], Blocked(run));

        run.Apply(new Heal(Never));

        Assert.Equal(["0:", "1:", "2:", "3:", "4:", "5:"], Blocked(run));
    }

    [Fact]
    public void Restart_DuringAPartition_IsOnTheSameSide()
    {
        var run = Network();
        run.Apply(new Kill(Never, PeerChoice.Of("1")));
        run.Apply(new Partition(Never, PeerChoice.Of("0", "1")));

        run.Apply(new Start(Never, PeerChoice.Of("1")));
        Assert.Equal("1: 2 3 4 5", Blocked(run)[1]);
        run.Apply(new Kill(Never, PeerChoice.Of("1")));
        run.Apply(new Heal(Never));
        run.Apply(new Start(Never, PeerChoice.Of("1")));

        Assert.Equal("1:", Blocked(run)[1]);
    }

    /// <summary>The core has one implementation for simulation and processes; here it is seen to hold.</summary>
    [Fact]
    public void Partition_OfANetwork_HasTwoChainsUntilHeal()
    {
        var run = Network();
        run.Apply(new Partition(Never, PeerChoice.Of("0", "1")));
        Assert.Null(run["0"].Apply(new Mine()).Refusal);
        Assert.Null(run["5"].Apply(new Mine()).Refusal);
        run.RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal(2, run.Peers.Select(peer => peer.Core.Ledger.Chain.Tip!.Id).Distinct().Count());
        Assert.All(run.Peers, peer => Assert.Equal(1, peer.Core.Ledger.Chain.Count));

        run.Apply(new Heal(Never));
        Assert.True(
            run.RunUntil(() => run.Peers.All(peer => peer.Core.Ledger.Chain.Count == 2), TimeSpan.FromMinutes(5)),
            run.Describe());
    }

    /// <summary>Nothing of peer 0 gets out, while it hears of everything.</summary>
    [Fact]
    public void OneWay_ToldToOnePeer_KeepsItsBlocksFromTheOthers()
    {
        var run = Network();
        run["0"].Apply(new SetPartition(PeerSet.Of("1", "2", "3", "4", "5")));
        Assert.Null(run["0"].Apply(new Mine()).Refusal);
        Assert.Null(run["3"].Apply(new Mine()).Refusal);
        run.RunFor(TimeSpan.FromMinutes(2));

        Assert.Equal([1, 1, 1, 1, 1], run.Peers.Skip(1).Select(peer => peer.Core.Ledger.Chain.Count));
        Assert.All(run.Peers.Skip(1), peer => Assert.Equal("3", peer.Core.Ledger.Chain.Tip!.Header.Sender.Value));
    }

    private static SimulationRun Network() => new(new SimulationConfig
    {
        Network = new GeneratedNetwork
        {
            Peers = 6,
            Shape = NetworkShape.Regular,
            Degree = 5,
            Settings = PeerSettings.Default with
            {
                BlockInterval = TimeSpan.Zero, TransactionInterval = TimeSpan.Zero, DropProbability = 0,
            },
        },
        Stop = new StopCondition { Duration = TimeSpan.FromHours(1) },
        Seed = 3,
    });

    /// <summary>Of each peer in the order of the network, to whom nothing gets.</summary>
    private static List<string> Blocked(SimulationRun run) =>
    [
        .. run.Peers.Select(peer => string.Join(
            ' ',
            [$"{peer.Id}:", .. run.Peers.Where(other => peer.Core.Blocks(other.Id)).Select(other => other.Id.Value)])),
    ];
}
