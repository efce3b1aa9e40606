using Blockchain.Experiments.Runs;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials;
using Blockchain.Trials.Hunting;
using Blockchain.Trials.Running;

namespace Blockchain.Experiments.Hunting;

/// <summary>Runs scenarios in virtual time until something is wrong.</summary>
internal static class SimulatedTrial
{
    /// <summary>Null if nothing was wrong, or it was stopped before.</summary>
    public static Failure? Run(Scenario scenario, CancellationToken stop) =>
        Run(scenario, new SimulatedHost(scenario), stop);

    /// <summary>The same, with what has happened as a recording.</summary>
    /// <returns>How many messages were sent.</returns>
    public static long Record(Scenario scenario, string path)
    {
        EventLogWriter? log = null;
        var sent = new SentMessages();
        var host = new SimulatedHost(scenario, peer => new Two(log!.Observe(peer), sent));
        using (log = new EventLogWriter(path, host.Remarks))
        {
            _ = Run(scenario, host, CancellationToken.None);
            log.Complete(host.Now);
        }

        return sent.Count;
    }

    /// <returns>How many messages are sent in a run.</returns>
    public static long CountMessages(Scenario scenario)
    {
        var sent = new SentMessages();
        _ = Run(scenario, new SimulatedHost(scenario, _ => sent), CancellationToken.None);
        return sent.Count;
    }

    private static Failure? Run(Scenario scenario, SimulatedHost host, CancellationToken stop)
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

    private sealed class Two(ISimulatedPeerObserver one, ISimulatedPeerObserver other) : ISimulatedPeerObserver
    {
        public void Happened(PeerEvent what)
        {
            one.Happened(what);
            other.Happened(what);
        }

        void IMessageObserver.Sent(TimeSpan now, PeerId nextHop, Message message)
        {
            one.Sent(now, nextHop, message);
            other.Sent(now, nextHop, message);
        }

        void IMessageObserver.Received(TimeSpan now, PeerId via, Message message) => one.Received(now, via, message);

        void IMessageObserver.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
            one.Dropped(now, type, reason, peer);
    }
}
