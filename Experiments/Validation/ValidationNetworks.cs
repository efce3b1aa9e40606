using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Validation;

/// <summary>The networks of the claims.</summary>
internal static class ValidationNetworks
{
    /// <summary>Of darosior/miningsimulation, in percent.</summary>
    public static readonly double[] PoolShares = [0.30, 0.29, 0.12, 0.11, 0.08, 0.05, 0.03, 0.01, 0.01];

    /// <summary>Of Gervais et al., in percent; the last ones make up the rest.</summary>
    public static readonly double[] GervaisShares =
    [
        0.289, 0.196, 0.159, 0.133, 0.066, 0.054, 0.029, 0.016, 0.012, 0.012, 0.012, 0.009, 0.005, 0.005, 0.002, 0.002,
    ];

    /// <summary>In a complete graph, so that peers are chosen among all.</summary>
    public const int Complete = 200;

    /// <summary>A power of two, for which the bounds are closest.</summary>
    public const int InRounds = 256;

    public static readonly TimeSpan PoolInterval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hop = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private const string FirstSeen = "first-seen";

    /// <summary>
    /// Nine makers, each of which has a block of another one after exactly ten seconds: announcement, question and block
    /// take a third of it each.
    /// </summary>
    public static SimulationConfig Pools(int blocks) => Of(
        new GeneratedNetwork
        {
            Shape = NetworkShape.Regular,
            Peers = PoolShares.Length,
            Degree = PoolShares.Length - 1,
            Shares = PoolShares,
            Latency = TimeSpan.FromSeconds(10) / 3,
            BitsPerSecond = 0,
            Settings = GeneratedNetwork.QuietPeers with { ForkChoice = FirstSeen },
        },
        PoolInterval,
        blocks);

    /// <summary>
    /// The same, where the largest has 40 % and is stubborn in ties: what wins one it keeps secret too.
    /// </summary>
    public static SimulationConfig SelfishPool(int blocks)
    {
        var latency = TimeSpan.FromSeconds(10) / 3;
        var settings = GeneratedNetwork.QuietPeers with
        {
            ForkChoice = FirstSeen,
            Latency = new Range<TimeSpan>(latency, latency),
        };
        double[] shares = [0.40, 0.19, .. PoolShares[2..]];
        return Of(
            shares.Select((share, i) => new PeerPlan
            {
                Info = Info(i, "127.104.0"),
                Settings = settings with { Share = share },
                Behaviour = i == 0 ? Behaviours.StubbornFork : Behaviours.Honest,
            }),
            PoolInterval,
            blocks);
    }

    /// <summary>So many blocks that forks are frequent.</summary>
    public static SimulationConfig Forks(TimeSpan interval, int blocks) => Of(
        new GeneratedNetwork
        {
            Shape = NetworkShape.SimBlock2019,
            Peers = 300,
            Settings = GeneratedNetwork.QuietPeers with { ForkChoice = FirstSeen },
        },
        interval,
        blocks);

    /// <summary>One round of push, and nothing that repairs what it leaves out.</summary>
    public static SimulationConfig OneRound(int fanout, int blocks)
    {
        var config = Of(
            new GeneratedNetwork
            {
                Shape = NetworkShape.Regular,
                Peers = Complete,
                Degree = Complete - 1,
                Latency = TimeSpan.FromMilliseconds(50),
                BitsPerSecond = 0,
                Settings = GeneratedNetwork.QuietPeers with { Fanout = fanout },
            },
            TimeSpan.FromMinutes(1),
            blocks);
        return config with { Workload = config.Workload with { Arrivals = Arrivals.Periodic } };
    }

    /// <summary>Each peer that knows a block tells one more every second.</summary>
    public static SimulationConfig Rounds(int blocks) => Of(
        new GeneratedNetwork
        {
            Shape = NetworkShape.Regular,
            Peers = InRounds,
            Degree = InRounds - 1,
            Latency = TimeSpan.FromMilliseconds(6),
            BitsPerSecond = 0,
            Settings = GeneratedNetwork.QuietPeers with
            {
                Fanout = 1,
                GossipRounds = InRounds,
                GossipInterval = Round,
            },
        },
        TimeSpan.FromMinutes(10),
        blocks);

    /// <summary>Maelstrom's 25 nodes as a tree in which each has four children; a hop takes 100 ms.</summary>
    public static SimulationConfig Tree(int blocks) => Links(25, i => i == 0 ? null : (i - 1) / 4, Hop, blocks);

    /// <summary>The same 25 as a line, with 10 ms a hop.</summary>
    public static SimulationConfig Line(int blocks) => Links(25, i => i == 0 ? null : i - 1, Hop / 10, blocks);

    /// <summary>
    /// Without compact blocks, on the lines of 2015, with makers as in their bitcoin-topology-helper.cc: each has 700 to
    /// 800 links, and 100 Mbit/s.
    /// </summary>
    public static SimulationConfig Gervais(double megabytes, int blocks)
    {
        var config = Of(
            new GeneratedNetwork
            {
                Shape = NetworkShape.SimBlock2015,
                Peers = 1_000,
                CompactRelay = false,
                Shares = GervaisShares,
                MakerLinks = 750,
                MakerBitsPerSecond = 100_000_000,
                Settings = GeneratedNetwork.QuietPeers with
                {
                    ForkChoice = FirstSeen,
                    RequestTimeout = TimeSpan.FromMinutes(10),
                },
            },
            TimeSpan.FromMinutes(10),
            blocks);
        return config with
        {
            WarmUp = TimeSpan.FromMinutes(1),
            Workload = config.Workload with { BlockBytes = (int)(megabytes * 1e6) },
            Stop = config.Stop with { Settle = TimeSpan.FromHours(1) },
        };
    }

    public static SimulationConfig Measured(NetworkShape shape, int blocks) =>
        MonitorFit.Config(new GeneratedNetwork { Shape = shape, Peers = 1_000 }, seed: 1, blocks);

    public static SimulationConfig Selfish(SimulationConfig network, double share, int blocks) =>
        Changes.Blocks(AttackNetwork.WithShare(network, share), blocks);

    private static SimulationConfig Of(GeneratedNetwork network, TimeSpan interval, int blocks) =>
        Of(network, network.JoiningTakes, interval, blocks);

    private static SimulationConfig Of(IEnumerable<PeerPlan> peers, TimeSpan interval, int blocks)
    {
        var plan = new NetworkPlan(peers);
        return Of(new PlannedNetwork(plan), Peer.JoiningTakes(plan.Peers[0].Settings), interval, blocks);
    }

    private static SimulationConfig Of(NetworkConfig network, TimeSpan warmUp, TimeSpan interval, int blocks) => new()
    {
        Network = network,
        WarmUp = warmUp,
        Workload = new WorkloadConfig { BlockInterval = interval },
        Stop = new StopCondition { Blocks = blocks },
        Checks = BaseNetworks.Checks,
    };

    /// <summary>Announcement, question and block take a third of a hop each.</summary>
    private static SimulationConfig Links(int peers, Func<int, int?> parent, TimeSpan hop, int blocks)
    {
        var settings = GeneratedNetwork.QuietPeers with
        {
            Relay = RelayRules.Flood,
            Latency = new Range<TimeSpan>(hop / 3, hop / 3),
        };
        PeerId Id(int i) => new($"{i}");
        var plans = Enumerable.Range(0, peers).Select(i => new PeerPlan
        {
            Info = Info(i, "127.103.0"),
            Settings = settings,
            Knows =
            [
                .. parent(i) is { } above ? [Id(above)] : Array.Empty<PeerId>(),
                .. Enumerable.Range(0, peers).Where(other => parent(other) == i).Select(Id),
            ],
        });
        var config = Of(plans, TimeSpan.FromMinutes(1), blocks);
        return config with { Workload = config.Workload with { Arrivals = Arrivals.Periodic } };
    }

    private static PeerInfo Info(int number, string subnet) => new(
        new PeerId($"{number}"), $"{subnet}.{number + 1}", 5_000, Nat: false, Light: false, PeerInfo.NoNetwork);
}
