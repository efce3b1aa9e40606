using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;
using Blockchain.Simulation.Invariants;

namespace Blockchain.Experiments;

/// <summary>The networks in which experiments are done when no other is given.</summary>
internal static class BaseNetworks
{
    public const int Peers = 100;
    public const int Blocks = 40;

    public const string GossipNote =
        "Every peer knows 20 others, chosen at random, and does what the peers of a peers.json do: heartbeats, gossip "
        + "in five rounds, exchange of headers every 10 s. Links take 100 ms on the average and carry 20 Mbit/s. A "
        + "block is made every 10 s on the average, so often that forks can be seen, and a transaction every 2 s.";

    public const string OneRoundNote =
        "Every peer knows 20 others, chosen at random. As in the original system, a block is announced in one round "
        + "only, and headers are not exchanged at intervals, which would repair what gossip leaves out: a peer "
        + "that hears of a block still asks for those below it. Links take 100 ms on the "
        + "average. A block is made every 10 s on the average and a transaction every 2 s.";

    public const string FewPeersNote =
        "As few as 40 peers make as many as 150 blocks, so that each malicious one makes enough false ones to be "
        + "banned by the peers that asked for them: more than three. ";

    public const string PresetNote =
        "of the simulator: its peers announce a block to all their neighbours at once and do nothing without a cause; "
        + "a block is made every 10 min on the average.";

    private const int Known = 20;
    private const int FewPeers = 40;
    private const int ManyBlocks = 150;

    private static readonly TimeSpan BlockInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TransactionInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Experiments measure how much is delivered, also where the answer is not all; what must hold in every network is
    /// checked all the same.
    /// </summary>
    public static CheckConfig Checks { get; } = new()
    {
        Names = [.. StandardInvariants.Names.Except([new EveryBlockEverywhere().Name])],
        Interval = TimeSpan.Zero,
    };

    public static SimulationConfig Gossip() => new()
    {
        Network = new GeneratedNetwork
        {
            Shape = NetworkShape.Regular,
            Peers = Peers,
            Degree = Known,

            // Loss and latency are the links'; whom a peer knows is what the shape says.
            Settings = PeerSettings.Default with
            {
                Discovery = false,
                DropProbability = 0,
                Latency = default,
                Capacity = default,
            },
        },
        WarmUp = Peer.JoiningTakes(PeerSettings.Default),
        Workload = new WorkloadConfig { BlockInterval = BlockInterval, TransactionInterval = TransactionInterval },
        Stop = new StopCondition { Blocks = Blocks },
        Checks = Checks,
    };

    public static SimulationConfig OneRound()
    {
        var config = Gossip();
        var network = (GeneratedNetwork)config.Network;
        return config with
        {
            Network = network with
            {
                Settings = network.Settings with { GossipRounds = 1, SyncInterval = TimeSpan.Zero },
            },
        };
    }

    public static SimulationConfig FewPeersManyBlocks() =>
        Changes.Blocks(Changes.Peers(Gossip(), FewPeers), ManyBlocks);

    /// <summary>
    /// One of the networks that can be drawn, with quiet peers and the interval of blocks of Bitcoin.
    /// </summary>
    public static SimulationConfig Preset(NetworkShape shape) => new()
    {
        Network = new GeneratedNetwork { Shape = shape, Peers = Peers },
        WarmUp = Peer.JoiningTakes(GeneratedNetwork.QuietPeers),
        Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10) },
        Stop = new StopCondition { Blocks = Blocks },
        Checks = Checks,
    };

    /// <summary>The peers make blocks and transactions as their settings say.</summary>
    public static SimulationConfig Planned(NetworkPlan plan) => new()
    {
        Network = new PlannedNetwork(plan),
        Stop = new StopCondition { Blocks = Blocks, Duration = TimeSpan.FromHours(1) },
        Checks = Checks,
    };
}
