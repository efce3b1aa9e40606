using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Regions, links and bursts of a <c>peers.json</c> in whole networks.</summary>
public class OutsideConditionsTests
{
    private const string Twelve = """
        {
          "defaults": { "dropProbability": 0.03, "lossBurst": 4, "blockInterval": "20s" },
          "regions": { "latency": { "eu": { "eu": "10ms", "us": ["40ms", "70ms"], "asia": "90ms" },
                                    "us": { "us": "15ms", "asia": "80ms" }, "asia": { "asia": "20ms" } },
                       "latencyShape": "log-normal", "bandwidth": { "eu": { "asia": "1Mbit/s" } } },
          "links": [{ "from": "eu1", "to": "us1", "latency": "400ms", "loss": 0.3, "lossBurst": 6 }],
          "groups": {
            "a": { "count": 4, "idPrefix": "eu", "ip": "127.1.0.1", "port": 5000, "region": "eu" },
            "b": { "count": 4, "idPrefix": "us", "ip": "127.1.1.1", "port": 5100, "region": "us" },
            "c": { "count": 4, "idPrefix": "asia", "ip": "127.1.2.1", "port": 5200, "region": "asia" }
          }
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Network_OfThreeRegions_ConvergesOnceQuiet(ulong seed)
    {
        var network = new RecordedRun(PeersFile.Parse(Twelve).Plan!, seed);
        network.Run.RunFor(TimeSpan.FromMinutes(2));
        network.Run.StopGeneration();

        Assert.True(network.Run.RunUntil(() => network.HasConverged, TimeSpan.FromMinutes(1)), network.Describe());
        network.Run.Check(atEnd: true);
    }

    /// <summary>What is measured of a PING there and a PONG back is what the file says.</summary>
    [Fact]
    public void RoundTrips_AreThoseOfTheRegionsAndTheLink()
    {
        var quiet = PeersFile.Parse(Twelve).Plan!.WithSettings(settings => settings with
        {
            DropProbability = 0, LossBurst = 1, BlockInterval = default, TransactionInterval = default,
        }).Select(peer => peer with { Links = [.. peer.Links.Select(link => link with { Loss = 0, LossBurst = 1 })] });
        var run = new SimulationRun(new SimulationConfig
        {
            Network = new PlannedNetwork(quiet),
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(10) },
        });
        run.RunFor(TimeSpan.FromMinutes(10));

        Assert.Equal(0.02, RoundTrip(run, "eu1", "eu2"), 0.001);
        Assert.Equal(0.8, RoundTrip(run, "eu1", "us1"), 0.001);
        Assert.Equal(0.8, RoundTrip(run, "us1", "eu1"), 0.001);
        Assert.InRange(RoundTrip(run, "eu1", "us2"), 0.06, 0.14);

        // At 1 Mbit/s a PING of some 140 bytes takes a millisecond each way.
        Assert.InRange(RoundTrip(run, "eu3", "asia1"), 0.1815, 0.1835);
    }

    [Fact]
    public void Config_WrittenAndRead_HasRegionsAndLinks()
    {
        var plan = PeersFile.Parse(Twelve).Plan!;
        var config = new SimulationConfig { Network = new PlannedNetwork(plan) };

        var read = Assert.IsType<PlannedNetwork>(SimulationJson.Read(SimulationJson.Write(config)).Network).Plan;

        Assert.Equal(plan.Regions, read.Regions);
        Assert.Equal(plan.Peers, read.Peers);
    }

    private static double RoundTrip(SimulationRun run, string from, string to) =>
        run[from].Core.Table.Find(new PeerId(to))!.RoundTripTime!.Value.TotalSeconds;
}
