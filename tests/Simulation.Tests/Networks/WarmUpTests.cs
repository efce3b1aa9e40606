using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Peers that join ask for headers, which is no part of what is measured.</summary>
public class WarmUpTests
{
    [Fact]
    public void Run_AfterWarmingUp_CountsNothingOfTheJoining()
    {
        var network = new GeneratedNetwork { Shape = NetworkShape.Regular, Peers = 60 };
        Assert.Equal(TimeSpan.FromMinutes(5), network.JoiningTakes);
        Assert.InRange(HeaderQuestions(Run(network, TimeSpan.Zero)), 60, 10_000);
        Assert.Equal(0, HeaderQuestions(Run(network, network.JoiningTakes)));
    }

    [Fact]
    public void Run_AfterWarmingUp_BeginsToMakeAtZero()
    {
        var result = Run(
            new GeneratedNetwork { Shape = NetworkShape.Regular, Peers = 60 }, TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.FromSeconds(1), result.Blocks[0].MadeAt);
        Assert.Equal(20, result.Blocks.Count);
        Assert.Equal(60 * 20, result.Blocks.Sum(block => block.Reached));
    }

    /// <summary>Where the peers make blocks by themselves, they do so from zero on.</summary>
    [Fact]
    public void Run_OfPeersThatMakeBlocksThemselves_RestsUntilZero()
    {
        var network = new GeneratedNetwork
        {
            Shape = NetworkShape.Regular,
            Peers = 20,
            Settings = GeneratedNetwork.QuietPeers with { BlockInterval = TimeSpan.FromSeconds(20) },
        };
        var result = new SimulationRun(new SimulationConfig
        {
            Network = network,
            WarmUp = network.JoiningTakes,
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(1) },
        }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(result.Blocks.Count, 30, 90);
        Assert.All(result.Blocks, block => Assert.InRange(block.MadeAt.TotalSeconds, 0, 60));
    }

    private static SimulationResult Run(GeneratedNetwork network, TimeSpan warmUp) => new SimulationRun(new()
    {
        Network = network,
        WarmUp = warmUp,
        Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromSeconds(1), Arrivals = Arrivals.Periodic },
        Stop = new StopCondition { Blocks = 20 },
    }).Run(cancellation: TestContext.Current.CancellationToken);

    private static long HeaderQuestions(SimulationResult result) =>
        result.Messages.FirstOrDefault(counted => counted.Type == MessageType.GetBlockHeaders)?.Sent ?? 0;
}
