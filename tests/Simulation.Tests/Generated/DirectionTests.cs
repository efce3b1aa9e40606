namespace Blockchain.Simulation.Tests.Generated;

/// <summary>Blocks spread faster or slower with what makes them do so.</summary>
public class DirectionTests
{
    private static readonly GeneratedNetwork Bitcoin = new() { Shape = NetworkShape.SimBlock2019, Peers = 300,
        CompactRelay = false };

    [Fact]
    public void Propagation_MoreBandwidth_IsFaster() =>
        AssertAscending([4, 1, 0.25], factor => Median(Bitcoin with { BandwidthFactor = factor }, 535_000));

    [Fact]
    public void Propagation_LargerBlocks_IsSlower() =>
        AssertAscending([50_000, 500_000, 5_000_000], bytes => Median(Bitcoin, (int)bytes));

    /// <summary>Of small blocks: with large ones, more neighbours also share one peer's upload.</summary>
    [Fact]
    public void Propagation_MoreLinks_IsFaster() =>
        AssertAscending([16, 6, 2], degree => Median(Bitcoin with { OutDegree = degree }, 10_000));

    [Fact]
    public void Propagation_LongerLatency_IsSlower() =>
        AssertAscending(
            [0.5, 1, 4], factor => Median(Bitcoin with { CompactRelay = true, LatencyFactor = factor }, 535_000));

    [Fact]
    public void Propagation_CompactRelay_IsFaster() =>
        Assert.True(Median(Bitcoin with { CompactRelay = true }, 535_000) < Median(Bitcoin, 535_000));

    [Fact]
    public void Forks_ShorterInterval_AreMore()
    {
        var rare = Run(Bitcoin, 535_000, TimeSpan.FromMinutes(10));
        var frequent = Run(Bitcoin, 535_000, TimeSpan.FromSeconds(5));
        Assert.True(rare.StaleBlocks < frequent.StaleBlocks);
        Assert.True(frequent.Reorganisations > 0);
    }

    private static void AssertAscending(double[] values, Func<double, double> measure)
    {
        var medians = Array.ConvertAll(values, value => measure(value));
        Assert.True(medians[0] * 1.1 < medians[1] && medians[1] * 1.1 < medians[2], string.Join(", ", medians));
    }

    private static double Median(GeneratedNetwork network, int bytes) =>
        Run(network, bytes, TimeSpan.FromMinutes(10)).HalfReached.P50!.Value;

    private static SimulationResult Run(GeneratedNetwork network, int bytes, TimeSpan interval) =>
        new SimulationRun(new SimulationConfig
        {
            Network = network,
            Seed = 3,
            Workload = new WorkloadConfig { BlockInterval = interval, BlockBytes = bytes },
            Stop = new StopCondition { Blocks = 20 },
        }).Run(cancellation: TestContext.Current.CancellationToken);
}
