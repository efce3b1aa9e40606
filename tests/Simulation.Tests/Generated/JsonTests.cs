using Blockchain.Simulation.Faults;

namespace Blockchain.Simulation.Tests.Generated;

public class JsonTests
{
    [Fact]
    public void Config_WrittenAndRead_IsTheSameText()
    {
        var config = new SimulationConfig
        {
            Network = new GeneratedNetwork { Shape = NetworkShape.Bitcoin2019, Peers = 100 },
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10), BlockBytes = 535_000 },
            Stop = new StopCondition { Blocks = 3 },
            Faults =
            [
                new Partition(TimeSpan.FromMinutes(1), PeerChoice.ShareOf(0.5)),
                new Heal(TimeSpan.FromMinutes(2)),
                new Crash(TimeSpan.FromMinutes(3), PeerChoice.Of("5", "6")),
            ],
        };

        var text = SimulationJson.Write(config);

        Assert.Equal(text, SimulationJson.Write(SimulationJson.Read(text)));
        Assert.Contains("\"bitcoin-2019\"", text, StringComparison.Ordinal);
        var result = new SimulationRun(config).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(3, result.Blocks.Count);
        Assert.All(result.Blocks, block => Assert.NotNull(block.Most));
    }
}
