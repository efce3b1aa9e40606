using System.Text.Json;
using Blockchain.Shared;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Tests.Networks.Files;

/// <summary>Networks of files as the engine runs them.</summary>
public sealed class LinkedNetworkTests
{
    /// <summary>
    /// A line of four: INV, GETBLOCK and BLOCK over 100 ms each, so that each hop takes 0.3 s, and the last one 3 s.
    /// </summary>
    [Fact]
    public void Run_OfALine_TakesThreeTimesTheLatencyOfEachHop()
    {
        var times = Arrivals("from,to,latency_ms\na,b,100\nb,c,100\nc,d,1000", null);

        Assert.Equal([0.3, 0.6, 3.6], times, (expected, actual) => Math.Abs(expected - actual) < 0.001);
    }

    /// <summary>At 8 Mbit/s a block of 1 MB takes a second, and what is small nearly nothing.</summary>
    [Fact]
    public void Run_WithBandwidth_TakesTheTimeOfTheBytes()
    {
        var times = Arrivals("from,to,latency_ms,bandwidth_mbps\na,b,100,8\nb,c,100,8\nc,d,100,4", 1_000_000);

        Assert.Equal([1.3, 2.6, 4.9], times, (expected, actual) => Math.Abs(expected - actual) < 0.01);
    }

    [Fact]
    public void Run_WhereALinkLosesAll_LeavesTheOthersOut()
    {
        var times = Arrivals("from,to,latency_ms,loss\na,b,100,0\nb,c,100,1", null);

        Assert.Single(times);
    }

    [Fact]
    public void Links_ThatCarryMuchAtOnce_TakeOneMessageAfterTheOther()
    {
        var line = new OwnLines(NetworkFileTests.Read("from,to,latency_ms,bandwidth_mbps\na,b,50,8"), null);
        var random = new SplitMix64(1);
        var number = line.Add(new("a"), new("b"), ref random);

        var arrivals = Enumerable.Range(0, 3)
            .Select(_ => new TimeSpan(line.Arrival(0, number, 1_000_000)).TotalSeconds);

        Assert.Equal([1.05, 2.05, 3.05], arrivals, (expected, actual) => Math.Abs(expected - actual) < 1e-6);
    }

    [Fact]
    public void Config_WrittenAndRead_IsTheSameRun()
    {
        var config = Config("from,to,latency_ms,loss\na,b,100,0.2\nb,c,50,0\nc,a,70,0", 500) with { Seed = 9 };
        var read = SimulationJson.Read(SimulationJson.Write(config));

        Assert.IsType<LinkedNetwork>(read.Network);
        Assert.Equal(ResultOf(config), ResultOf(read));
    }

    private static string ResultOf(SimulationConfig config) =>
        JsonSerializer.Serialize(new SimulationRun(config).Run(), SimulationJson.Options);

    private static SimulationConfig Config(string file, int? blockBytes) => new()
    {
        Network = new LinkedNetwork(NetworkFileTests.Read(file)),
        Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10), BlockBytes = blockBytes },
        Stop = new StopCondition { Blocks = 3 },
    };

    /// <summary>After how long each of the others has a block that the first peer makes, in seconds.</summary>
    private static List<double> Arrivals(string file, int? blockBytes)
    {
        var config = Config(file, blockBytes);
        var times = new List<double>();
        var run = new SimulationRun(
            config with
            {
                Stop = new StopCondition { Duration = TimeSpan.FromHours(1) },
                Workload = config.Workload with { BlockInterval = null },
            },
            peer => new Listener(times));
        run.RunFor(TimeSpan.FromMinutes(10));
        run.Peers[0].Apply(new Mine());
        run.RunFor(TimeSpan.FromMinutes(1));
        return times;
    }

    private sealed class Listener(List<double> times) : ISimulatedPeerObserver
    {
        public void Happened(PeerEvent what)
        {
            if (what is BlockAccepted { Time: var at } && at > SimulationRun.Start + TimeSpan.FromMinutes(10))
            {
                times.Add((at - SimulationRun.Start - TimeSpan.FromMinutes(10)).TotalSeconds);
            }
        }
    }
}
