using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Simulation.Invariants;

namespace Blockchain.Simulation.Tests.Generated;

/// <summary>Hundreds of small networks with random faults: whatever happens, every invariant holds.</summary>
public class RandomFaultTests
{
    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 20)];

    [Theory, MemberData(nameof(Batches))]
    public void Network_WithRandomFaults_KeepsEveryInvariant(int batch)
    {
        for (var i = 0; i < 15; i++)
        {
            var config = RandomConfig((ulong)((batch * 1_000) + i));
            try
            {
                var result = new SimulationRun(config).Run(cancellation: TestContext.Current.CancellationToken);
                Assert.True(result.Blocks.Count > 0, SimulationJson.Write(config));
            }
            catch (InvariantViolationException violation)
            {
                Assert.Fail($"{violation.Message}\n{SimulationJson.Write(config)}");
            }
        }
    }

    private static SimulationConfig RandomConfig(ulong seed)
    {
        var random = new SeededRandom(seed);
        var shape = (NetworkShape)random.Next(Enum.GetValues<NetworkShape>().Length);
        return new SimulationConfig
        {
            Network = new GeneratedNetwork
            {
                Shape = shape,
                Peers = 20 + (2 * random.Next(15)),
                Degree = 4,
                LightShare = 0.2 * random.NextDouble(),
                NatShare = 0.1 + (0.2 * random.NextDouble()),
                NatGroupSize = 1 + random.Next(4),
                Loss = random.Chance(0.5) ? 0.1 * random.NextDouble() : 0,
                Settings = GeneratedNetwork.QuietPeers with
                {
                    SyncInterval = TimeSpan.FromSeconds(10),
                    RequestTimeout = TimeSpan.FromSeconds(2),
                },
            },
            Seed = seed,
            Workload = new WorkloadConfig
            {
                BlockInterval = TimeSpan.FromSeconds(2 + random.Next(20)),
                TransactionInterval = TimeSpan.FromSeconds(1 + random.Next(5)),
                BlockBytes = 1_000 + random.Next(50_000),
            },
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(2), Settle = TimeSpan.FromMinutes(4) },
            Checks = new CheckConfig { Interval = TimeSpan.FromSeconds(10) },
            Faults = [.. Enumerable.Range(0, 1 + random.Next(4)).SelectMany(_ => RandomFault(random))],
        };
    }

    private static Act[] RandomFault(SeededRandom random)
    {
        var at = TimeSpan.FromSeconds(5 + random.Next(60));
        var until = at + TimeSpan.FromSeconds(5 + random.Next(40));
        var some = PeerChoice.ShareOf(0.1 + (0.3 * random.NextDouble()));
        return random.Next(8) switch
        {
            0 => [new Partition(at, some), new Heal(until)],
            1 => [new Kill(at, some), new Start(until, PeerChoice.ShareOf(1))],
            2 => [new Churn(at, some, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)) { For = until - at }],
            3 => [new Join(at, some)],
            4 => [new Behave(at, PeerChoice.ShareOf(0.05))],
            5 => [new Conditions(at, PeerChoice.All, Loss: random.NextDouble()) { For = until - at }],
            6 => CutOff(at, until, random.Chance(0.5) ? 0 : PeerInfo.NoNetwork),
            _ => [new Pause(at, some) { For = until - at }],
        };
    }

    private static Act[] CutOff(TimeSpan at, TimeSpan until, int network) =>
        [new CutOff(at, network), new CutOff(until, network, Value: false)];
}
