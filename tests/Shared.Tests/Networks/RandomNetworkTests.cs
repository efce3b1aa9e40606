using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Networks;

/// <summary>Random networks with loss, reordering and churn: whatever happened, they agree once it is over.</summary>
public class RandomNetworkTests(ITestOutputHelper output)
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(100, 40).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Network_WithLossAndChurn_ConvergesOnceQuiet(ulong seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new SeededRandom(seed);
        var network = new VirtualNetwork(RandomPlan(random), seed);
        var end = network.Now + TimeSpan.FromSeconds(120);
        while (network.Now < end)
        {
            network.RunFor(TimeSpan.FromSeconds(1 + random.Next(10)));
            CrashOrRestart(network, random);
            Convergence.AssertInvariants(network);
        }

        // Who crashes forgets everything, so that light peers may have headers of blocks that nobody has any more.
        foreach (var peer in network.All.Where(peer => !peer.IsRunning || peer.Plan.Info.Light).ToList())
        {
            network.Restart(peer);
        }

        network.StopGeneration();
        Assert.True(network.RunUntil(() => HasOneChain(network), TimeSpan.FromMinutes(5)), network.Describe());
        Convergence.AssertInvariants(network);
    }

    /// <summary>A block of which every holder crashed is gone, so that only the chain is compared.</summary>
    private static bool HasOneChain(VirtualNetwork network) =>
        network.Honest.Select(peer => peer.Tip).Distinct().Count() == 1;

    private static void CrashOrRestart(VirtualNetwork network, SeededRandom random)
    {
        var peers = network.All.ToList();
        var peer = peers[random.Next(peers.Count)];
        if (!peer.IsRunning)
        {
            network.Restart(peer);
        }
        else if (network.Running.Count() > peers.Count / 2)
        {
            peer.Crash();
        }
    }

    private static NetworkPlan RandomPlan(SeededRandom random)
    {
        var settings = PeerSettings.Default with
        {
            DropProbability = 0.15 * random.NextDouble(),
            Latency = new Range<TimeSpan>(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1 + random.Next(500))),
            Capacity = random.Chance(0.3) ? new Range<double>(20, 50) : new Range<double>(100, 100),
            GossipRounds = 1 + random.Next(4),
            BlockInterval = TimeSpan.FromSeconds(10 + random.Next(20)),
        };
        var groups = random.Next(3);
        var peers = new List<PeerPlan>();
        for (var i = 0; i < 6 + random.Next(14); i++)
        {
            // The first of a group is its gateway; full and honest, so that the group is never cut off by a ban.
            var group = i < groups ? i + 1 : random.Next(groups + 1);
            var isGateway = i < groups;
            var isNated = group > 0 && !isGateway && random.Chance(0.6);
            peers.Add(new PeerPlan
            {
                Info = new PeerInfo(
                    new PeerId($"{5000 + i}"), $"127.28.0.{10 + i}", 5000 + i, isNated,
                    Light: !isGateway && random.Chance(0.2), group > 0 ? group : PeerInfo.NoNetwork),
                Malicious = !isGateway && !isNated && random.Chance(0.1),
                Settings = settings with { Fanout = 1 + random.Next(4) },
            });
        }

        return new NetworkPlan(peers);
    }
}
