using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>Networks with one maker that attacks the chain, and honest ones.</summary>
internal static class AttackNetwork
{
    public const string Note =
        "Ten honest makers with equal shares and the attacker all know each other. Each message takes 10 ms, and a block "
        + "is made every 10 min on the average; so hardly any fork is there without the attacker. All announce a block "
        + "to all at once. γ is not set: it is counted in the ties that there are. ";

    public const string AlikeNote =
        Note + "Equal branches: the one seen first. The attacker hears of a block at the same moment as all others, and "
        + "is too late in every tie.";

    public const string LowestIdNote =
        Note + "Equal branches: the one whose last block has the lowest id, which decides for all peers alike.";

    public const string GrindingNote =
        LowestIdNote + " The attacker tries 64 variants of each of its blocks and takes the one with the lowest id.";

    public const string ConnectedNote =
        "Forty honest makers with equal shares are a ring: each knows its two neighbours and the attacker, which knows "
        + "all. A message of an honest peer takes 10 ms, one of the attacker nothing. A block is made every 10 min on the "
        + "average. Equal branches: the one seen first. γ is not set: it is counted in the ties that there are.";

    public const string DoubleSpendNote =
        Note + "Equal branches: the one seen first. The attacker has 30 % of the power. It pays when it has one block "
        + "in secret, waits for the confirmations, and gives up when it is 10 blocks more than these behind.";

    public const double DoubleSpenderShare = 0.3;

    private const int Alike = 10;
    private const int InRing = 40;
    private const int Blocks = 3_000;
    private const string FirstSeen = "first-seen";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);

    private static readonly PeerSettings Maker = GeneratedNetwork.QuietPeers with
    {
        Latency = new Range<TimeSpan>(Latency, Latency),
    };

    /// <summary>All hear of a block at the same moment.</summary>
    public static SimulationConfig SeenFirst() => Complete(Behaviours.Selfish, FirstSeen);

    public static SimulationConfig LowestId() => Complete(Behaviours.Selfish, ForkChoices.Usual);

    public static SimulationConfig Grinding() => Complete(Behaviours.SelfishGrinding, ForkChoices.Usual);

    /// <summary>The attacker is everybody's neighbour, and the honest ones are far from each other.</summary>
    public static SimulationConfig Connected()
    {
        var settings = Maker with { ForkChoice = FirstSeen };
        var attacker = Peer(InRing, settings with { Latency = default }, Behaviours.Selfish);
        return Of(
        [
            attacker,
            .. Enumerable.Range(0, InRing).Select(i => Peer(i, settings, Behaviours.Honest) with
            {
                Knows = [Id((i + 1) % InRing), Id((i + InRing - 1) % InRing), attacker.Id],
            }),
        ]);
    }

    public static SimulationConfig DoubleSpend() => WithShare(
        Complete(Behaviours.DoubleSpend, FirstSeen), DoubleSpenderShare);

    /// <summary>The attackers share this, and the honest makers the rest.</summary>
    public static SimulationConfig WithShare(SimulationConfig config, double share)
    {
        var plan = ((PlannedNetwork)config.Network).Plan;
        var attackers = plan.Peers.Count(IsAttacker);
        var honest = plan.Peers.Count(peer => !IsAttacker(peer) && !peer.Info.Light);
        return With(config, peer => peer.Settings with
        {
            Share = peer.Info.Light ? 0 : IsAttacker(peer) ? share / attackers : (1 - share) / honest,
        });

        static bool IsAttacker(PeerPlan peer) => !peer.IsHonest && !peer.Info.Light;
    }

    public static SimulationConfig WithConfirmations(SimulationConfig config, double confirmations) =>
        With(config, peer => peer.Settings with { Confirmations = (int)confirmations });

    private static SimulationConfig With(SimulationConfig config, Func<PeerPlan, PeerSettings> change)
    {
        var plan = ((PlannedNetwork)config.Network).Plan;
        return config with
        {
            Network = new PlannedNetwork(
                plan.WithPeers([.. plan.Peers.Select(peer => peer with { Settings = change(peer) })])),
        };
    }

    private static SimulationConfig Complete(string behaviour, string forkChoice)
    {
        var settings = Maker with { ForkChoice = forkChoice };
        return Of(
        [
            Peer(Alike, settings, behaviour),
            .. Enumerable.Range(0, Alike).Select(i => Peer(i, settings, Behaviours.Honest)),
        ]);
    }

    private static SimulationConfig Of(IReadOnlyList<PeerPlan> peers) => new()
    {
        Network = new PlannedNetwork(new NetworkPlan(peers)),
        Workload = new WorkloadConfig { BlockInterval = Interval },
        Stop = new StopCondition { Blocks = Blocks },
        Checks = BaseNetworks.Checks,
    };

    private static PeerPlan Peer(int number, PeerSettings settings, string behaviour) => new()
    {
        Info = new PeerInfo(Id(number), $"127.101.0.{number + 1}", 5_000, false, false, PeerInfo.NoNetwork),
        Settings = settings,
        Behaviour = behaviour,
    };

    private static PeerId Id(int number) => new($"{number}");
}
