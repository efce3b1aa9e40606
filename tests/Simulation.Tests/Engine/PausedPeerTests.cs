using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Tests.Engine;

public sealed class PausedPeerTests
{
    [Fact]
    public void Resume_WithTimersDueMeanwhile_DoesNotTurnTheClockBack()
    {
        var run = new SimulationRun(new SimulationConfig
        {
            Network = new PlannedNetwork(new NetworkPlan(
            [
                new PeerPlan { Info = new PeerInfo(new PeerId("a"), "127.0.0.2", 5000, false, false, -1) },
                new PeerPlan { Info = new PeerInfo(new PeerId("b"), "127.0.0.3", 5001, false, false, -1) },
            ])),
            Stop = new StopCondition { Duration = TimeSpan.FromMinutes(5) },
        });
        run.RunFor(TimeSpan.FromSeconds(10));
        run.Peers[0].Apply(new SetPaused(true));
        run.RunFor(TimeSpan.FromMinutes(1));
        var before = run.Now;

        run.Peers[0].Apply(new SetPaused(false));

        for (var i = 0; i < 20; i++)
        {
            Assert.True(run.Step());
            Assert.True(run.Now >= before, $"the clock went back from {before} to {run.Now}");
        }
    }
}
