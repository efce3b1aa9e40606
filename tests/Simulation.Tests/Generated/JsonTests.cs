using System.Text.Json;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation.Tests.Generated;

public class JsonTests
{
    [Fact]
    public void Config_WrittenAndRead_IsTheSameText()
    {
        var config = new SimulationConfig
        {
            Network = new GeneratedNetwork { Shape = NetworkShape.SimBlock2019, Peers = 100 },
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10), BlockBytes = 535_000 },
            Stop = new StopCondition { Blocks = 3 },
            Faults =
            [
                new Partition(TimeSpan.FromMinutes(1), PeerChoice.ShareOf(0.5)),
                new Heal(TimeSpan.FromMinutes(2)),
                new Kill(TimeSpan.FromMinutes(3), PeerChoice.Of("5", "6")),
            ],
        };

        var text = SimulationJson.Write(config);

        Assert.Equal(text, SimulationJson.Write(SimulationJson.Read(text)));
        Assert.Contains("\"simblock-2019\"", text, StringComparison.Ordinal);
        var result = new SimulationRun(config).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(3, result.Blocks.Count);
        Assert.All(result.Blocks, block => Assert.NotNull(block.Most));
    }

    [Fact]
    public void Config_WhatItLeavesOut_HasItsDefault()
    {
        var config = SimulationJson.Read(
            """
            {
              "network": { "kind": "generated", "shape": "regular", "peers": 20 },
              "stop": { "blocks": 3 },
              "workload": { "blockInterval": "10s" },
              "checks": { "names": [] }
            }
            """);

        var expected = new SimulationConfig
        {
            Network = new GeneratedNetwork { Shape = NetworkShape.Regular, Peers = 20 },
            Stop = new StopCondition { Blocks = 3 },
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromSeconds(10) },
            Checks = new CheckConfig { Names = [] },
        };
        Assert.Equal(SimulationJson.Write(expected), SimulationJson.Write(config));
        Assert.Equal(TimeSpan.FromMinutes(1), config.Stop.Settle);
        Assert.Empty(ConfigRules.Problems(config));
    }

    [Theory]
    [InlineData("\"faults\": null", "faults")]
    [InlineData("\"checks\": 3", "$.checks")]
    [InlineData("\"stop\": { \"blocks\": \"many\" }", "$.stop.blocks")]
    [InlineData("\"chekcs\": {}", "chekcs")]
    public void Config_WithAMistake_SaysWhere(string member, string where)
    {
        var json = $$"""{ "network": { "kind": "generated", "shape": "regular", "peers": 20 }, {{member}} }""";
        var error = Assert.Throws<JsonException>(() => SimulationJson.Read(json));
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_WithoutADuration_EndsWhenEveryMakerIsGone(bool byTheSimulator)
    {
        var plan = Networks.Shipped.Plan();
        var config = new SimulationConfig
        {
            Network = new PlannedNetwork(plan),
            Workload = new WorkloadConfig { BlockInterval = byTheSimulator ? TimeSpan.FromSeconds(10) : null },
            Stop = new StopCondition { Blocks = 1_000_000 },
            Faults = [new Kill(TimeSpan.FromMinutes(2), PeerChoice.ShareOf(1))],
        };

        var result = new SimulationRun(config).Run(cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("no peer is left that makes honest blocks", result.EndedBecause);
        Assert.InRange(result.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }
}
