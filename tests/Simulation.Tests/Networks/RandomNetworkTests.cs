using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Random networks with loss, reordering and churn: whatever happened, they agree once it is over.</summary>
public class RandomNetworkTests(ITestOutputHelper output)
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(100, 40).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void Network_WithLossAndChurn_ConvergesOnceQuiet(ulong seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new SeededRandom(seed);
        var network = new RecordedRun(RandomPlan(random), seed);
        var end = network.Run.Now + TimeSpan.FromSeconds(120);
        while (network.Run.Now < end)
        {
            network.Run.RunFor(TimeSpan.FromSeconds(1 + random.Next(10)));
            CrashOrRestart(network, random);
            network.Run.Check(atEnd: false);
        }

        // Who crashes forgets everything, so that light peers may have headers of blocks that nobody has any more.
        foreach (var peer in network.Run.Peers.Where(peer => !peer.IsRunning || peer.Plan.Info.Light).ToList())
        {
            network.Run.Restart(peer);
        }

        network.Run.StopGeneration();

        // A block of which every holder crashed is gone, so that only the chain is compared.
        Assert.True(network.Run.RunUntil(() => network.HasOneChain, TimeSpan.FromMinutes(5)), network.Describe());
        network.Run.Check(atEnd: false);
    }

    private static void CrashOrRestart(RecordedRun network, SeededRandom random)
    {
        var peers = network.Run.Peers.ToList();
        var peer = peers[random.Next(peers.Count)];
        if (!peer.IsRunning)
        {
            network.Run.Restart(peer);
        }
        else if (network.Run.Running.Count() > peers.Count / 2)
        {
            SimulationRun.Crash(peer);
        }
    }

    private static NetworkPlan RandomPlan(SeededRandom random)
    {
        var settings = PeerSettings.Default with
        {
            DropProbability = 0.15 * random.NextDouble(),
            Latency = new Range<TimeSpan>(
                TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1 + random.Next(500))),
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
