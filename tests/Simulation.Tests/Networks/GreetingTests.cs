using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>Peers that are far from each other and have no heartbeats, so that nobody knows how far.</summary>
public class GreetingTests
{
    /// <summary>Each greets each, and answers once at most: or they would answer each other's answers without end.</summary>
    [Fact]
    public void Hello_BetweenPeersSecondsApart_IsAnsweredOnceAtMost()
    {
        const int Peers = 6;
        var result = new SimulationRun(new SimulationConfig
        {
            Network = new GeneratedNetwork
            {
                Shape = NetworkShape.Regular,
                Peers = Peers,
                Degree = Peers - 1,
                Latency = TimeSpan.FromSeconds(4),
            },
            Stop = new StopCondition { Duration = TimeSpan.FromHours(1) },
        }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(
            result.Messages.Single(message => message.Type == MessageType.Hello).Sent,
            Peers * (Peers - 1),
            2 * Peers * (Peers - 1));
    }
}
