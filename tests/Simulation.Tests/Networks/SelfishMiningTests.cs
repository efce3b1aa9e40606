using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>
/// A selfish miner in whole networks, held against the closed form of Eyal and Sirer (2014). γ is measured.
/// </summary>
public class SelfishMiningTests
{
    private const int Seeds = 6;
    private const int Blocks = 3_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public static TheoryData<double, string, string, double, double, bool> Networks => new()
    {
        // All hear of a block at the same moment, the attacker too: it is too late in every tie.
        { 0.3, "complete", "selfish", 0, 0.01, false },
        { 0.4, "complete", "selfish", 0, 0.01, true },

        // Honest peers know two neighbours, and the attacker all of them.
        { 0.3, "ring", "selfish", 0.9, 1, true },
        { 0.4, "ring", "selfish", 0.9, 1, true },

        // The lowest id decides.
        { 0.4, "lowest-id", "selfish", 0.45, 0.55, true },
        { 0.4, "lowest-id", "selfish-grinding", 0.95, 1, true },
    };

    [Theory, MemberData(nameof(Networks))]
    public void Revenue_WithTheGammaThatEmerges_IsThatOfTheClosedForm(
        double alpha, string network, string behaviour, double leastGamma, double mostGamma, bool isProfit)
    {
        var runs = Enumerable.Range(1, Seeds).Select(seed => Run(alpha, network, behaviour, (ulong)seed)).ToArray();
        var gamma = (double)runs.Sum(run => run.TiesWon) / runs.Sum(run => run.Ties);
        Assert.InRange(gamma, leastGamma, mostGamma);
        Assert.Equal(isProfit, runs.Average(run => run.Revenue) > runs.Average(run => run.Share));

        // Against the share that it really had, which is the greater part of the chance.
        double[] errors = [.. runs.Select(run => run.Revenue!.Value - Revenue(run.Share, gamma))];
        var mean = errors.Average();
        var deviation = Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (Seeds - 1) / Seeds);
        Assert.True(
            Math.Abs(mean) < 3 * deviation,
            $"off by {mean:0.0000} ± {deviation:0.0000}, revenue {runs.Average(run => run.Revenue):0.0000}, "
            + $"γ {gamma:0.000}");
    }

    [Fact]
    public void HonestMaker_HasItsShare()
    {
        var result = Result(0.4, "complete", "lazy", 1);
        Assert.Equal(0.4, result.Attack!.Revenue!.Value, 0.03);
        Assert.Equal(0, result.StaleBlocks);
    }

    private static double Revenue(double a, double g) =>
        ((a * (1 - a) * (1 - a) * ((4 * a) + (g * (1 - (2 * a))))) - (a * a * a)) / (1 - (a * (1 + ((2 - a) * a))));

    private static AttackStatistics Run(double alpha, string network, string behaviour, ulong seed) =>
        Result(alpha, network, behaviour, seed).Attack!;

    private static SimulationResult Result(double alpha, string network, string behaviour, ulong seed) =>
        new SimulationRun(new SimulationConfig
        {
            Network = new PlannedNetwork(Plan(alpha, network, behaviour)),
            Seed = seed,
            Workload = new WorkloadConfig { BlockInterval = Interval },
            Stop = new StopCondition { Blocks = Blocks },
            Checks = new CheckConfig { Names = [] },
        }).Run(cancellation: TestContext.Current.CancellationToken);

    private static NetworkPlan Plan(double alpha, string network, string behaviour)
    {
        var isRing = network == "ring";
        var honest = isRing ? 40 : 10;
        var usual = GeneratedNetwork.QuietPeers with
        {
            ForkChoice = network == "lowest-id" ? "lowest-id" : "first-seen",
            Latency = new Range<TimeSpan>(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10)),
            Share = (1 - alpha) / honest,
        };
        var attacker = usual with { Share = alpha, Latency = isRing ? default : usual.Latency };
        return new NetworkPlan(
        [
            Peer(honest, attacker) with { Behaviour = behaviour },
            .. Enumerable.Range(0, honest).Select(i => Peer(i, usual) with
            {
                Knows = isRing ? [Id((i + 1) % honest), Id((i + honest - 1) % honest), Id(honest)] : null,
            }),
        ]);
    }

    private static PeerPlan Peer(int number, PeerSettings settings) => new()
    {
        Info = new PeerInfo(Id(number), $"127.9.0.{number + 1}", 5_000, false, false, PeerInfo.NoNetwork),
        Settings = settings,
    };

    private static PeerId Id(int number) => new($"{number}");
}
