using Blockchain.Shared;
using Blockchain.Simulation.Engine;
using Blockchain.Simulation.Faults;

namespace Blockchain.Simulation;

/// <content>What goes wrong.</content>
public sealed partial class SimulationRun
{
    private readonly HashSet<SimulatedPeer> _late = [];
    private double _lossBurst;
    private int _sides;

    /// <summary>Lets a fault happen now, whatever its time says.</summary>
    public void Apply(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        switch (fault)
        {
            case Partition partition:
                _sides++;
                ForEach(partition, peer => peer.Side = _sides);
                break;
            case Heal:
                _peers.ForEach(peer => peer.Side = 0);
                break;
            case CutOffNetwork cut:
                foreach (var peer in Running.Where(peer => peer.Plan.Info.NetworkId == cut.NetworkId))
                {
                    peer.Apply(new SetCutOff(cut.IsCutOff));
                }

                break;
            case Faults.Crash crash:
                ForEach(crash, Crash);
                break;
            case Faults.Restart or LateJoin:
                ForEach((PeerFault)fault, RestartIfDown);
                break;
            case Churn churn:
                ForEach(churn, peer => Leave(peer, churn));
                break;
            case TurnMalicious turn:
                ForEach(turn, peer => TurnMalicious(peer, turn.IsMalicious));
                break;
            case LossBurst burst:
                _lossBurst = burst.Loss;
                At(Start + burst.Until, () => _lossBurst = 0);
                break;
            case Pause pause:
                ForEach(pause, peer => SetPaused(peer, pause));
                break;
        }
    }

    private void PlanFaults()
    {
        foreach (var fault in Config.Faults)
        {
            if (fault is LateJoin late)
            {
                // Whom it strikes is to be known at the start already.
                var peers = Chosen(late.Peers);
                _late.UnionWith(peers);
                At(Start + fault.At, () => peers.ForEach(RestartIfDown));
            }
            else
            {
                At(Start + fault.At, () => Apply(fault));
            }
        }

        if (Config is { Stop.Duration: null, Faults.Count: > 0 })
        {
            // By then everybody has come back who ever will.
            At(Start + Config.Faults.Max(EndOf) + TimeSpan.FromTicks(1), EndIfNobodyMakesBlocks);
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
        if (!IsSettling && !Running.Any(MakesHonestBlocks))
        {
            EndedBecause = "no peer is left that makes honest blocks";
            StopGeneration();
        }
    }

    private bool MakesHonestBlocks(SimulatedPeer peer) =>
        !peer.Plan.Info.Light && !peer.Core.IsMalicious
        && (Config.Workload.BlockInterval ?? peer.Plan.Settings.BlockInterval) > TimeSpan.Zero;

    private void ForEach(PeerFault fault, Action<SimulatedPeer> action) => Chosen(fault.Peers).ForEach(action);

    /// <summary>In the order of the network.</summary>
    private List<SimulatedPeer> Chosen(PeerChoice choice)
    {
        var ids = choice.Ids.ToHashSet();
        var some = _peers.FindAll(peer => ids.Contains(peer.Id) || peer.Plan.Info.NetworkId == choice.NetworkId);
        if (choice.Share <= 0)
        {
            return some;
        }

        var others = _peers.Except(some).ToList();
        var count = (int)Math.Round(choice.Share * _peers.Count);
        Random.ShuffleFront(others, count);
        return [.. some.Concat(others.Take(count)).OrderBy(peer => peer.Index)];
    }

    private void RestartIfDown(SimulatedPeer peer)
    {
        if (!peer.IsRunning)
        {
            Restart(peer);
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
        At(Start + pause.Until, () =>
        {
            if (peer.IsRunning && peer.Lives == life)
            {
                peer.Apply(new SetPaused(false));
            }
        });
    }

    private void Leave(SimulatedPeer peer, Churn churn)
    {
        var leaves = Now + Exponential(churn.MeanUp);
        var returns = leaves + Exponential(churn.MeanDown);
        var end = Start + churn.Until;
        if (leaves >= end)
        {
            return;
        }

        At(leaves, () => Crash(peer));
        At(returns < end ? returns : end, () =>
        {
            RestartIfDown(peer);
            Leave(peer, churn);
        });
    }

    private TimeSpan Exponential(TimeSpan mean) => mean * PortableMath.Exponential(Random.NextDouble());
}
