using System.Globalization;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Makers make their shares of the blocks, by their own clocks and when the simulator chooses.</summary>
public class ShareTests
{
    private const int Blocks = 2_000;

    private static readonly double[] Shares = [0.5, 0.3, 0.2, 0];

    /// <summary>Each count has Poisson's spread, as where each maker has a process of its own.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Makers_WithShares_MakeSoManyOfTheBlocks(bool isExponential, bool isChosen)
    {
        var counts = Count(Run(Plan(isExponential), isChosen ? TimeSpan.FromSeconds(10) : null), Shares.Length);

        Assert.Equal(0, counts[^1]);
        Assert.True(ChiSquare(counts, Shares) < 16.3, $"{string.Join(' ', counts)}");
    }

    [Fact]
    public void GeneratedNetwork_WithSharesOfTheFirst_LeavesTheRestToTheOthers()
    {
        var network = new GeneratedNetwork
        {
            Shape = NetworkShape.Regular, Peers = 6, Degree = 5, Shares = [0.4, 0.2], LightShare = 0.2,
        };
        var run = Run(network, TimeSpan.FromMinutes(10));
        var light = run.Peers.Single(peer => peer.Plan.Info.Light).Index;
        var counts = Count(run, 6);
        Assert.Equal(0, counts[light]);
        counts = [.. counts.Where((_, i) => i != light)];
        double[] shares = [0.4, 0.2, 0.4 / 3, 0.4 / 3, 0.4 / 3];
        Assert.True(ChiSquare(counts, shares) < 20.5, $"{string.Join(' ', counts)}");
    }

    [Fact]
    public void GeneratedNetwork_WithSharesOfOneInAll_LeavesNothingToTheOthers()
    {
        var network = new GeneratedNetwork
        {
            Shape = NetworkShape.Regular, Peers = 6, Degree = 5, Shares = [0.3, 0.29, 0.41],
        };
        Assert.Equal([0, 0, 0], Count(Run(network, TimeSpan.FromMinutes(10)), 6)[3..]);
    }

    /// <summary>Two pools of 300 peers: nobody else has another link, region or line than without theirs.</summary>
    [Fact]
    public void GeneratedNetwork_WithLinksAndLinesOfMakers_HasThemBesideAllOthers()
    {
        var usual = new GeneratedNetwork { Shape = NetworkShape.SimBlock2015, Peers = 300, Shares = [0.6, 0.4] };
        var pools = new SimulationRun(Config(usual with { MakerLinks = 200, MakerBitsPerSecond = 80_000_000 }));
        var others = new SimulationRun(Config(usual));

        for (var i = 0; i < usual.Peers; i++)
        {
            var (pool, other) = (pools.Peers[i], others.Peers[i]);
            if (i < usual.Shares.Count)
            {
                Assert.Equal(200, pool.Degree);
                Assert.Equal((1, 1), (pool.Line.UploadTicks, pool.Line.DownloadTicks));
            }
            else
            {
                Assert.Equal(
                    other.Known.Select(known => known.Id),
                    pool.Known.Select(known => known.Id).Where(id => other.Known.Any(known => known.Id == id)));
                Assert.True(pool.Known.ExceptBy(other.Known.Select(known => known.Id), known => known.Id).All(
                    known => int.Parse(known.Id.Value, CultureInfo.InvariantCulture) < usual.Shares.Count));
                Assert.Equal(other.Line.UploadTicks, pool.Line.UploadTicks);
            }

            Assert.Equal(other.Line.Region, pool.Line.Region);
        }

        static SimulationConfig Config(GeneratedNetwork network) => new()
        {
            Network = network,
            Workload = new WorkloadConfig { BlockInterval = TimeSpan.FromMinutes(10) },
            Stop = new StopCondition { Blocks = 1 },
        };
    }

    /// <summary>The standard deviation of exponential gaps is their mean; of these uniform ones 0.29 of it.</summary>
    [Theory]
    [InlineData(true, 0.95, 1.05)]
    [InlineData(false, 0.27, 0.31)]
    public void Gaps_OfOneMaker_HaveTheSpreadOfTheirDistribution(bool isExponential, double least, double most)
    {
        var blocks = Run(Plan(isExponential), null).Result().Blocks.Where(block => block.Maker.Value == "0").ToArray();
        double[] gaps = [.. blocks.Zip(blocks.Skip(1), (one, next) => (next.MadeAt - one.MadeAt).TotalSeconds)];
        var mean = gaps.Average();
        Assert.InRange(mean, 19, 21);
        Assert.InRange(Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean, least, most);
    }

    [Fact]
    public void SharesOfNothing_AreMistakes()
    {
        var network = new GeneratedNetwork { Shape = NetworkShape.Regular, Peers = 2, Degree = 1, Shares = [0, 0] };
        Assert.Contains("must not all be 0", Problem(network), StringComparison.Ordinal);
        Assert.Contains("3 shares and 2 full", Problem(network with { Shares = [1, 1, 1] }), StringComparison.Ordinal);
        Assert.Contains("negative", Problem(network with { Shares = [-1, 2] }), StringComparison.Ordinal);
        var noPools = network with { Shares = [], MakerLinks = 1 };
        Assert.Contains("there are none", Problem(noPools), StringComparison.Ordinal);
        var pools = network with { Shares = [1] };
        Assert.Contains("one link", Problem(pools with { MakerLinks = 0 }), StringComparison.Ordinal);
        Assert.Contains("above 0", Problem(pools with { MakerBitsPerSecond = 0 }), StringComparison.Ordinal);
    }

    private static string Problem(GeneratedNetwork network) => Assert.Single(ConfigRules.Problems(new SimulationConfig
    {
        Network = network,
        Stop = new StopCondition { Duration = TimeSpan.FromMinutes(1) },
    }));

    private static SimulationRun Run(NetworkConfig network, TimeSpan? interval)
    {
        var run = new SimulationRun(new SimulationConfig
        {
            Network = network,
            Seed = 3,
            Workload = new WorkloadConfig { BlockInterval = interval },
            Stop = new StopCondition { Blocks = Blocks },
        });
        run.Run(cancellation: TestContext.Current.CancellationToken);
        return run;
    }

    private static int[] Count(SimulationRun run, int peers)
    {
        var counts = new int[peers];
        foreach (var block in run.Result().Blocks)
        {
            counts[run.Find(block.Maker)!.Index]++;
        }

        return counts;
    }

    private static double ChiSquare(int[] counts, double[] shares) => counts.Zip(shares)
        .Where(one => one.Second > 0)
        .Sum(one => Math.Pow(one.First - (one.Second * counts.Sum()), 2) / (one.Second * counts.Sum()));

    private static PlannedNetwork Plan(bool isExponential) => new(new NetworkPlan(Shares.Select(
        (share, i) => new PeerPlan
    {
        Info = new PeerInfo(new PeerId($"{i}"), $"127.9.0.{i + 1}", 5_000, false, false, PeerInfo.NoNetwork),
        Settings = GeneratedNetwork.QuietPeers with
        {
            BlockInterval = TimeSpan.FromSeconds(10),
            Share = share,
            Poisson = isExponential,
        },
    })));
}
