using Blockchain.Shared;
using Blockchain.Simulation.Engine;
using Blockchain.Simulation.Networks;

namespace Blockchain.Simulation.Tests.Generated;

/// <summary>What is drawn has the means, shares and degrees that the figures say.</summary>
public class DistributionTests
{
    public static TheoryData<NetworkShape> Presets =>
        [NetworkShape.SimBlock2019, NetworkShape.SimBlock2015, NetworkShape.Litecoin, NetworkShape.Dogecoin];

    [Theory, InlineData("2015"), InlineData("2019")]
    public void Latency_BetweenAnyTwoRegions_HasTheMeanOfTheTableAndItsLeast(string year)
    {
        const int Count = 40_000;
        var means = InternetFigures.Default.LatencyMs[year];
        var table = new LatencyTable(means, factor: 1);
        var random = new SplitMix64(4);
        for (var from = 0; from < means.Length; from++)
        {
            for (var to = 0; to < means.Length; to++)
            {
                double sum = 0, least = double.MaxValue;
                for (var i = 0; i < Count; i++)
                {
                    var ms = table.Next(
                        table.Pair(from, to), random.NextDouble()) / (double)TimeSpan.TicksPerMillisecond;
                    sum += ms;
                    least = Math.Min(least, ms);
                }

                // A Pareto's deviation: m / sqrt(a (a - 2)); with a below 2 it has none, and the mean comes slowly.
                var mean = means[from][to];
                var shape = 0.2 * mean;
                var error = shape > 2.5 ? 5 * mean / Math.Sqrt(shape * (shape - 2) * Count) : 0.1 * mean;
                Assert.Equal(mean, sum / Count, error);
                Assert.InRange(least, mean - 5.0001, mean - 4.9);
            }
        }
    }

    [Theory, MemberData(nameof(Presets))]
    public void Preset_TenThousandPeers_HasTheSharesOfTheRegions(NetworkShape shape)
    {
        const int Count = 10_000;
        var preset = Preset.Of(shape);
        var random = new SeededRandom(5);
        var counts = new int[preset.LatencyMs.Length];
        for (var i = 0; i < Count; i++)
        {
            counts[preset.Region(random.NextDouble())]++;
        }

        var key = shape switch
        {
            NetworkShape.SimBlock2019 => "bitcoin-2019",
            NetworkShape.SimBlock2015 => "bitcoin-2015",
            NetworkShape.Litecoin => "litecoin",
            _ => "dogecoin",
        };
        var shares = InternetFigures.Default.RegionShare[key];
        for (var region = 0; region < counts.Length; region++)
        {
            var deviation = Math.Sqrt(shares[region] * (1 - shares[region]) / Count);
            Assert.Equal(shares[region], counts[region] / (double)Count, 4 * deviation + 1e-3);
        }
    }

    [Theory, MemberData(nameof(Presets))]
    public void Preset_OutDegrees_FollowTheCumulativeShares(NetworkShape shape)
    {
        const int Count = 20_000;
        var degrees = Preset.Of(shape).OutDegrees(Count, mean: null, new SeededRandom(6));
        var key = shape switch
        {
            NetworkShape.Litecoin => "litecoin",
            NetworkShape.Dogecoin => "dogecoin",
            _ => "bitcoin-2015",
        };
        var below = InternetFigures.Default.OutDegreeCdf[key];
        for (var links = 1; links <= below.Length; links++)
        {
            Assert.Equal(below[links - 1], degrees.Count(degree => degree <= links) / (double)Count, 0.015);
        }
    }

    [Fact]
    public void Preset_OtherMeanOutDegree_IsTheMeanOfWhatIsDrawn()
    {
        var degrees = Preset.Of(NetworkShape.SimBlock2019).OutDegrees(20_000, mean: 4, new SeededRandom(7));
        Assert.Equal(4, degrees.Average(), 0.1);
    }

    [Theory, InlineData(100, 8), InlineData(1_000, 3), InlineData(50, 49)]
    public void Regular_AnyDegree_IsEverybodysAndMutual(int peers, int degree)
    {
        var graph = GraphGenerator.Regular(peers, degree, new SeededRandom(8));
        Assert.All(graph, neighbours => Assert.Equal(degree, neighbours.Distinct().Count()));
        AssertMutual(graph);
    }

    [Fact]
    public void SmallWorld_LittleRewired_IsClusteredAndYetShort()
    {
        var ring = GraphGenerator.SmallWorld(1_000, 10, rewiring: 0, new SeededRandom(9));
        var world = GraphGenerator.SmallWorld(1_000, 10, rewiring: 0.1, new SeededRandom(9));

        AssertMutual(world);
        Assert.Equal(5_000, world.Sum(neighbours => neighbours.Count) / 2);
        Assert.All(ring, neighbours => Assert.Equal(10, neighbours.Count));

        // Watts and Strogatz, figure 2: at p = 0.1 nearly the ring's clustering (2/3 for 10 links) at a fraction of its
        // length (50).
        Assert.InRange(Clustering(world), 0.4, 0.66);
        Assert.InRange(MeanDistance(world), 3, 6);
    }

    private static void AssertMutual(List<int>[] graph)
    {
        for (var peer = 0; peer < graph.Length; peer++)
        {
            Assert.DoesNotContain(peer, graph[peer]);
            Assert.All(graph[peer], neighbour => Assert.Contains(peer, graph[neighbour]));
        }
    }

    private static double Clustering(List<int>[] graph) => graph.Average(neighbours =>
    {
        var pairs = neighbours.Count * (neighbours.Count - 1) / 2.0;
        return neighbours.Sum(a => neighbours.Count(b => a < b && graph[a].Contains(b))) / pairs;
    });

    private static double MeanDistance(List<int>[] graph)
    {
        var distance = new int[graph.Length];
        Array.Fill(distance, -1);
        distance[0] = 0;
        var open = new Queue<int>([0]);
        while (open.TryDequeue(out var peer))
        {
            foreach (var next in graph[peer].Where(next => distance[next] < 0))
            {
                distance[next] = distance[peer] + 1;
                open.Enqueue(next);
            }
        }

        return distance.Average();
    }
}
