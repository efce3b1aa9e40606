using Blockchain.Shared;

namespace Blockchain.Simulation.Tests.Invariants;

/// <summary>Peers that keep the first of equal tips: what is promised of them, and what no more.</summary>
public class FirstSeenTests
{
    private const string Name = "same-blocks-same-chain";

    [Fact]
    public void TwoBlocksAtOnce_SameBlocks_OtherTips_UntilOneBranchGetsLonger()
    {
        var run = Run("first-seen");
        Make(run, 0);
        Make(run, 1);
        run.RunFor(TimeSpan.FromMinutes(1));
        Assert.All(run.Peers, peer => Assert.Equal(2, peer.Core.Ledger.Chain.Count));
        Assert.Equal(2, Tips(run));
        run.Check(atEnd: false);

        Make(run, 0);
        run.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Tips(run));
        Assert.Equal(run.Peers[0].Core.Ledger.Chain.Tip!.Id, run.Peers[1].Core.Ledger.Chain.Tip!.Id);
        Assert.NotNull(run.Invariants.Single(invariant => invariant.Name == Name).WhyNotPromised);
    }

    [Fact]
    public void TwoBlocksAtOnce_ByLowestId_OneTip()
    {
        var run = Run("lowest-id");
        Make(run, 0);
        Make(run, 1);
        run.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Tips(run));
        Assert.Null(run.Invariants.Single(invariant => invariant.Name == Name).WhyNotPromised);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Network_WithLossAndManyForks_KeepsEveryOtherInvariant(ulong seed)
    {
        var config = Config("first-seen", seed) with
        {
            Workload = new WorkloadConfig
            {
                BlockInterval = TimeSpan.FromSeconds(1),
                TransactionInterval = TimeSpan.FromSeconds(1),
            },
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(3), Settle = TimeSpan.FromMinutes(2) },
            Checks = new CheckConfig { Interval = TimeSpan.FromSeconds(10) },
        };
        var result = new SimulationRun(config).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.Reorganisations > 0);
        Assert.True(result.StaleBlocks > 0);
        Assert.Equal(1, result.Delivery);
    }

    private static void Make(SimulationRun run, int peer) =>
        Assert.NotNull(run.Peers[peer].Apply(new Mine()).Block);

    private static int Tips(SimulationRun run) =>
        run.Peers.Select(peer => peer.Core.Ledger.Chain.Tip!.Id).Distinct().Count();

    private static SimulationRun Run(string forkChoice)
    {
        var run = new SimulationRun(Config(forkChoice, 5));
        run.RunFor(TimeSpan.FromSeconds(10));
        return run;
    }

    private static SimulationConfig Config(string forkChoice, ulong seed) => new()
    {
        Network = new GeneratedNetwork
        {
            Shape = NetworkShape.Regular,
            Peers = 20,
            Degree = 4,
            Settings = GeneratedNetwork.QuietPeers with
            {
                ForkChoice = forkChoice,
                SyncInterval = TimeSpan.FromSeconds(10),
                RequestTimeout = TimeSpan.FromSeconds(2),
            },
        },
        Seed = seed,
        Stop = new StopCondition { Duration = TimeSpan.FromHours(1) },
    };
}
