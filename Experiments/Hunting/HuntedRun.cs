using Blockchain.Launching.Guests;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Running;

namespace Blockchain.Experiments.Hunting;

/// <summary>Runs scenarios in virtual time until something is wrong.</summary>
public static class HuntedRun
{
    /// <summary>Null if nothing was wrong, or it was stopped before.</summary>
    public static Failure? Run(Scenario scenario, CancellationToken stop)
    {
        using var guests = new GuestPrograms();
        return Run(scenario, new SimulatedHost(scenario, guests: guests.Start), stop);
    }

    /// <returns>How many messages are sent in a run.</returns>
    public static long CountMessages(Scenario scenario)
    {
        var sent = new SentMessages();
        using var guests = new GuestPrograms();
        _ = Run(scenario, new SimulatedHost(scenario, _ => sent, guests: guests.Start), CancellationToken.None);
        return sent.Count;
    }

    /// <param name="host">A new one.</param>
    public static Failure? Run(Scenario scenario, SimulatedHost host, CancellationToken stop)
    {
        // In virtual time nothing waits for anything outside of it.
        var result = new TrialRunner(scenario, host).RunAsync(stopsAtFailure: true, stop).GetAwaiter().GetResult();
        return Failure.Of(result, [.. host.History.OfType<BlockMade>()
            .Select(made => (made.Time - SimulationRun.Start, made.Peer))]);
    }

    private sealed class SentMessages : ISimulatedPeerObserver
    {
        public long Count { get; private set; }

        public void Happened(PeerEvent what)
        {
        }

        void IMessageObserver.Sent(TimeSpan now, PeerId nextHop, Message message) => Count++;
    }
}
