using Blockchain.Shared;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Faults;

/// <summary>Lets faults happen, at their times or at once.</summary>
internal sealed class FaultPlan(SimulationRun run, Deliveries deliveries)
{
    private readonly HashSet<SimulatedPeer> _late = [];
    private readonly Sides _sides = new(run);

    /// <summary>Whether the peer is not to be there from the start.</summary>
    public bool IsLate(SimulatedPeer peer) => _late.Contains(peer);

    /// <summary>A peer has begun a life: what was told to the life before holds for this one too.</summary>
    public void Started(SimulatedPeer peer) => _sides.Started(peer);

    /// <summary>Lets a fault happen now, whatever its time says.</summary>
    public void Apply(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        switch (fault)
        {
            case Partition partition:
                _sides.Split(Chosen(partition.Peers));
                break;
            case Heal:
                _sides.Heal();
                break;
            case CutOffNetwork cut:
                foreach (var peer in run.Running.Where(peer => peer.Plan.Info.NetworkId == cut.NetworkId))
                {
                    peer.Apply(new SetCutOff(cut.IsCutOff));
                }

                break;
            case Crash crash:
                ForEach(crash, SimulationRun.Crash);
                break;
            case Restart or LateJoin:
                ForEach((PeerFault)fault, RestartIfDown);
                break;
            case Churn churn:
                ForEach(churn, peer => Leave(peer, churn));
                break;
            case TurnMalicious turn:
                ForEach(turn, peer => TurnMalicious(peer, turn.IsMalicious));
                break;
            case LossBurst burst:
                deliveries.LossBurst = burst.Loss;
                At(burst.Until, () => deliveries.LossBurst = 0);
                break;
            case Pause pause:
                ForEach(pause, peer => SetPaused(peer, pause));
                break;
        }
    }

    /// <summary>Plans every fault of the configuration. To be called before the peers start.</summary>
    public void Start()
    {
        foreach (var fault in run.Config.Faults)
        {
            if (fault is LateJoin late)
            {
                // Whom it strikes is to be known at the start already.
                var peers = Chosen(late.Peers);
                _late.UnionWith(peers);
                At(fault.At, () => peers.ForEach(RestartIfDown));
            }
            else
            {
                At(fault.At, () => Apply(fault));
            }
        }

        if (run.Config is { Stop.Duration: null, Faults.Count: > 0 })
        {
            // By then everybody has come back who ever will.
            At(run.Config.Faults.Max(EndOf) + TimeSpan.FromTicks(1), EndIfNobodyMakesBlocks);
        }
    }

    private static TimeSpan EndOf(Fault fault) => fault switch
    {
        Churn churn => churn.Until,
        LossBurst burst => burst.Until,
        Pause pause => pause.Until,
        _ => fault.At,
    };

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

    private void ForEach(PeerFault fault, Action<SimulatedPeer> action) => Chosen(fault.Peers).ForEach(action);

    /// <summary>In the order of the network.</summary>
    private List<SimulatedPeer> Chosen(PeerChoice choice)
    {
        var ids = choice.Ids.ToHashSet();
        var some = run.Peers.Where(
            peer => ids.Contains(peer.Id) || peer.Plan.Info.NetworkId == choice.NetworkId).ToList();
        if (choice.Share <= 0)
        {
            return some;
        }

        var others = run.Peers.Except(some).ToList();
        var count = (int)Math.Round(choice.Share * run.Peers.Count);
        run.Random.ShuffleFront(others, count);
        return [.. some.Concat(others.Take(count)).OrderBy(peer => peer.Index)];
    }

    private void RestartIfDown(SimulatedPeer peer)
    {
        if (!peer.IsRunning)
        {
            run.Restart(peer);
        }
    }

    private static void TurnMalicious(SimulatedPeer peer, bool isMalicious)
    {
        peer.IsHonest &= !isMalicious;
        if (peer.IsRunning)
        {
            peer.Apply(new SetMalicious(isMalicious));
        }
    }

    private void SetPaused(SimulatedPeer peer, Pause pause)
    {
        if (!peer.IsRunning)
        {
            return;
        }

        var life = peer.Lives;
        peer.Apply(new SetPaused(true));
        At(pause.Until, () =>
        {
            if (peer.IsRunning && peer.Lives == life)
            {
                peer.Apply(new SetPaused(false));
            }
        });
    }

    private void Leave(SimulatedPeer peer, Churn churn)
    {
        var leaves = run.Now + Exponential(churn.MeanUp);
        var returns = leaves + Exponential(churn.MeanDown);
        var end = SimulationRun.Start + churn.Until;
        if (leaves >= end)
        {
            return;
        }

        run.At(leaves, () => SimulationRun.Crash(peer));
        run.At(returns < end ? returns : end, () =>
        {
            RestartIfDown(peer);
            Leave(peer, churn);
        });
    }

    private TimeSpan Exponential(TimeSpan mean) => mean * PortableMath.Exponential(run.Random.NextDouble());

    private void At(TimeSpan sinceStart, Action action) => run.At(SimulationRun.Start + sinceStart, action);
}
