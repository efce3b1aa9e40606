using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Tests.Networks;

namespace Blockchain.Simulation.Tests.Invariants;

/// <summary>What is promised in the end is waited for, where much was made at the end.</summary>
public class SettlingTests
{
    /// <summary>
    /// Forty peers of which four are public: more messages than the limits of the gateways let through, so that a block
    /// may take longer than the minute in which a run settles.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_OfACrowdBehindFourGateways_GoesOnUntilEveryBlockIsEverywhere(ulong seed)
    {
        var result = new SimulationRun(new SimulationConfig
        {
            Network = new PlannedNetwork(Crowd()),
            Seed = seed,
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(3) },
        }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(result.ExtraSettling, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(9));
        Assert.Equal(1, result.Delivery);
    }

    [Fact]
    public void Run_OfANetworkThatIsNotCrowded_SettlesAsLongAsItWasAskedTo()
    {
        var result = new SimulationRun(new SimulationConfig
        {
            Network = new PlannedNetwork(Shipped.Plan()),
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(3) },
        }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, result.ExtraSettling);
        Assert.InRange(result.Elapsed, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4));
    }

    private static NetworkPlan Crowd() => new(Enumerable.Range(0, 40).Select(i => new PeerPlan
    {
        Info = new PeerInfo(
            new PeerId($"{5000 + i}"), $"127.0.0.{2 + i}", 5000 + i, Nat: i % 10 > 0, Light: false, (i / 10) + 1),
        Settings = PeerSettings.Default,
    }));
}
