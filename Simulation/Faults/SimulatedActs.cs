using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation.Faults;

/// <summary>Has acts done to the peers of a simulation.</summary>
internal sealed class SimulatedActs(SimulationRun run) : IActHost
{
    public IReadOnlyList<PeerPlan> Peers { get; } = new Plans(run);

    public SeededRandom Random => run.Random;

    public bool IsRunning(PeerId peer) => run.Find(peer) is { IsRunning: true };

    public Task<Told> TellAsync(PeerId peer, PeerCommand command)
    {
        var simulated = run.Find(peer)!;
        if (command is SetMalicious { Value: true })
        {
            simulated.IsHonest = false;
        }

        var result = simulated.Apply(command);
        return Task.FromResult(new Told(result.Refusal, result.Block?.Id ?? result.Transaction?.Id));
    }

    public Task StartAsync(PeerId peer, IReadOnlyList<PeerCommand> orders)
    {
        run.Restart(run.Find(peer)!, orders);
        return Task.CompletedTask;
    }

    public Task StopAsync(PeerId peer) => KillAsync(peer);

    public Task KillAsync(PeerId peer)
    {
        SimulationRun.Crash(run.Find(peer)!);
        return Task.CompletedTask;
    }

    public void Schedule(TimeSpan delay, Func<Task> action) =>
        run.At(run.Now + delay, () => FaultPlan.Complete(action()));

    /// <summary>A view of the run's peers, which may become more.</summary>
    private sealed class Plans(SimulationRun run) : IReadOnlyList<PeerPlan>
    {
        public int Count => run.Peers.Count;

        public PeerPlan this[int index] => run.Peers[index].Plan;

        public IEnumerator<PeerPlan> GetEnumerator() => run.Peers.Select(peer => peer.Plan).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
