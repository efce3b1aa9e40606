using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Simulation.Tests.Networks;

namespace Blockchain.Simulation.Tests.Generated;

/// <summary>A follower hears what a fault tells its peer: a replay shows the peer as it was.</summary>
public sealed class SwitchedTests
{
    private static readonly TimeSpan At = TimeSpan.FromSeconds(5);

    public static TheoryData<Act, Func<PeerSwitched, bool>> Faults => new()
    {
        { new Behave(At, PeerChoice.Of("5005")), told => told.Malicious },
        { new Behave(At, PeerChoice.Of("5009"), Behaviours.Honest), told => !told.Malicious },
        { new Pause(At, PeerChoice.Of("5005")) { For = At }, told => told.Paused },
        { new CutOff(At, 1), told => told.CutOff },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_ThatSwitchesAPeer_IsToldToItsObserver(Act fault, Func<PeerSwitched, bool> says)
    {
        var told = new List<PeerSwitched>();
        var run = new SimulationRun(
            new SimulationConfig
            {
                Network = new PlannedNetwork(Shipped.Plan()),
                Stop = new StopCondition { Duration = 4 * At },
                Faults = [fault],
            },
            _ => new Listener(told));
        run.RunFor(At + TimeSpan.FromMilliseconds(1));

        Assert.Contains(told, switched => switched.Time == SimulationRun.Start + At && says(switched));
    }

    [Fact]
    public void Pause_Ended_IsTold()
    {
        var told = new List<PeerSwitched>();
        var run = new SimulationRun(
            new SimulationConfig
            {
                Network = new PlannedNetwork(Shipped.Plan()),
                Stop = new StopCondition { Duration = 4 * At },
                Faults = [new Pause(At, PeerChoice.Of("5005")) { For = At }],
            },
            peer => peer.Id.Value == "5005" ? new Listener(told) : null);
        run.RunFor(3 * At);

        Assert.Equal(
            [(0, false), (5, true), (10, false)],
            told.Select(switched => ((int)(switched.Time - SimulationRun.Start).TotalSeconds, switched.Paused)));
    }

    [Fact]
    public void APeer_FromItsStartToItsEnd_IsToldAsANodeTellsIt()
    {
        var told = new List<PeerEvent>();
        var run = new SimulationRun(
            new SimulationConfig
            {
                Network = new PlannedNetwork(Shipped.Plan()),
                Stop = new StopCondition { Duration = 4 * At },
                Faults = [new Kill(At, PeerChoice.Of("5005")), new Start(2 * At, PeerChoice.Of("5005"))],
            },
            peer => peer.Id.Value == "5005" ? new Witness(told) : null);
        run.RunFor(3 * At);

        Assert.IsType<PeerUp>(told[0]);
        Assert.IsType<PeerSwitched>(told[1]);
        var end = told.FindIndex(what => what is PeerDown);
        Assert.Equal(SimulationRun.Start + At, told[end].Time);
        Assert.IsType<PeerUp>(told[end + 1]);
    }

    private sealed class Listener(List<PeerSwitched> told) : ISimulatedPeerObserver
    {
        public void Happened(PeerEvent what)
        {
            if (what is PeerSwitched switched)
            {
                told.Add(switched);
            }
        }
    }

    private sealed class Witness(List<PeerEvent> told) : ISimulatedPeerObserver
    {
        public void Happened(PeerEvent what) => told.Add(what);
    }
}
