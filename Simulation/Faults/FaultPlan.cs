using Blockchain.Shared;
using Blockchain.Trials.Acts;

namespace Blockchain.Simulation.Faults;

/// <summary>Lets the acts of a configuration happen, at their times or at once.</summary>
internal sealed class FaultPlan(SimulationRun run, IActHost network)
{
    private readonly ActExecutor _acts = new(network);

    /// <summary>Whether the peer is not to be there from the start.</summary>
    public bool IsLate(PeerId peer) => _acts.IsAbsent(peer);

    /// <summary>Lets it happen now, whatever its time says.</summary>
    public void Apply(Act act) => Complete(_acts.ApplyAsync(act));

    /// <summary>Plans every act of the configuration. To be called before the peers start.</summary>
    public void Start()
    {
        _acts.Prepare(run.Config.Faults);
        foreach (var act in run.Config.Faults)
        {
            run.At(SimulationRun.Start + act.At, () => Apply(act));
        }

        if (run.Config is { Stop.Duration: null, Faults.Count: > 0 })
        {
            // By then everybody has come back who ever will.
            run.At(
                SimulationRun.Start + run.Config.Faults.Max(act => act.End) + TimeSpan.FromTicks(1),
                EndIfNobodyMakesBlocks);
        }
    }

    /// <summary>In virtual time nothing waits for anything, and so nothing is left to wait for.</summary>
    internal static void Complete(Task task)
    {
        Assertions.That(task.IsCompleted, "Something in virtual time waits for something outside of it.");
        task.GetAwaiter().GetResult();
    }

    /// <summary>Else the run would wait for its number of blocks for ever.</summary>
    private void EndIfNobodyMakesBlocks()
    {
        if (!run.IsSettling && !run.Running.Any(MakesHonestBlocks))
        {
            run.EndEarly("no peer is left that makes honest blocks");
        }
    }

    private bool MakesHonestBlocks(SimulatedPeer peer) =>
        !peer.Plan.Info.Light && !peer.Core.IsMalicious
        && (run.Config.Workload.BlockInterval ?? peer.Plan.Settings.BlockInterval) > TimeSpan.Zero;
}
