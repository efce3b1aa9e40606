using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Acts;

/// <summary>
/// Does acts to a network, on every host alike: chooses the peers, tells them, ends in time what is to end by itself,
/// and tells a peer that was started again what still holds for it.
/// </summary>
public sealed partial class ActExecutor(IActHost host)
{
    private readonly Dictionary<PeerId, StandingOrders> _orders = [];
    private readonly Dictionary<PeerId, PeerPlan> _plans = [];
    private readonly Partitions _partitions = new();
    private readonly HashSet<int> _cutOff = [];
    private readonly HashSet<PeerId> _dishonest = [];
    private readonly HashSet<PeerId> _absent = [];
    private readonly Dictionary<Join, List<PeerPlan>> _late = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a peer is down because an act says so.</summary>
    public bool IsAbsent(PeerId peer) => _absent.Contains(peer);

    /// <summary>Whether it did what the protocol asks for until now.</summary>
    public bool IsHonest(PeerPlan peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return peer.IsHonest && !_dishonest.Contains(peer.Id);
    }

    /// <summary>The chosen peers as of now, in the order of the network.</summary>
    public List<PeerPlan> Chosen(PeerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.From(host.Peers, host.Random, IsHonest);
    }

    /// <summary>
    /// Takes note of the peers that join later. To be called before the network starts, without those that are absent
    /// then.
    /// </summary>
    public void Prepare(IEnumerable<Act> acts)
    {
        ArgumentNullException.ThrowIfNull(acts);
        foreach (var join in acts.OfType<Join>())
        {
            _late[join] = Chosen(join.Peers);
        }

        _absent.UnionWith(_late.Values.SelectMany(peers => peers).Select(peer => peer.Id));
        _absent.UnionWith(host.Peers.Where(peer => peer.ManualStart).Select(peer => peer.Id));
    }

    /// <summary>Does it now, whatever its time says.</summary>
    public async Task<ActOutcome> ApplyAsync(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var report = new ActReport();
        switch (act)
        {
            case Partition partition:
                await PartitionAsync(partition);
                break;
            case Heal:
                _partitions.Clear();
                await TellPartitionsAsync(host.Peers);
                break;
            case CutOff cut:
                await CutOffAsync(cut, cut.Value);
                After(cut, () => CutOffAsync(cut, !cut.Value));
                break;
            case Conditions conditions:
                await SetConditionsAsync(conditions, report);
                break;
            case Churn churn:
                Chosen(churn.Peers).ForEach(peer => PlanLeave(peer.Id, churn.MeanUp, churn.MeanDown, churn.For!.Value));
                break;
            case Join join:
                await EachAsync(_late.GetValueOrDefault(join) ?? Chosen(join.Peers), StartIfDownAsync);
                break;
            case PeerAct of:
                await ToEachAsync(of, Chosen(of.Peers), report);
                break;
        }

        return report.Outcome;
    }

    private async Task ToEachAsync(PeerAct act, List<PeerPlan> peers, ActReport report)
    {
        foreach (var peer in peers)
        {
            await ToOneAsync(act, peer.Id, report);
        }

        After(act, () => EachAsync(peers, peer => UndoAsync(act, peer)));
    }

    private Task ToOneAsync(PeerAct act, PeerId peer, ActReport report)
    {
        switch (act)
        {
            case MineBlocks mine:
                return RepeatAsync(peer, mine.Count, new Mine(), report);
            case SendTransactions send:
                return RepeatAsync(peer, send.Count, new Pay(send.To, send.Amount), report);
            case Load load:
                return TellAsync(peer, new SetLoad(load.PerSecond, load.For ?? TimeSpan.Zero), report);
            case Generate generate:
                OrdersOf(peer).Generates = generate.Value;
                return TellAsync(peer, new SetGenerating(generate.Value), report);
            case Behave behave:
                return BehaveAsync(peer, behave.Behaviour, report);
            case Pause:
                OrdersOf(peer).IsPaused = host.IsRunning(peer);
                return TellAsync(peer, new SetPaused(true), report);
            case Resume:
                return ResumeAsync(peer, report);
            case Kill:
                return EndAsync(peer, host.KillAsync);
            case Leave:
                return EndAsync(peer, host.StopAsync);
            case Start:
                return StartIfDownAsync(peer);
            case Restart:
                return RestartAsync(peer);
            default:
                throw new ArgumentOutOfRangeException(nameof(act), act, "Nobody knows how to do this.");
        }
    }

    private Task UndoAsync(PeerAct act, PeerId peer) => act switch
    {
        Generate generate => ToOneAsync(generate with { Value = !generate.Value }, peer, new ActReport()),
        Behave => BehaveAsync(peer, PlanOf(peer).Behaviour, new ActReport()),
        Pause => ResumeAsync(peer, new ActReport()),
        Kill or Leave => StartIfDownAsync(peer),
        _ => Task.CompletedTask,
    };

    private Task BehaveAsync(PeerId peer, string behaviour, ActReport report)
    {
        if (behaviour != Behaviours.Honest)
        {
            _dishonest.Add(peer);
        }

        OrdersOf(peer).Behaviour = behaviour;
        return TellAsync(peer, CommandOf(behaviour), report);
    }

    private async Task ResumeAsync(PeerId peer, ActReport report)
    {
        // After a start it is another life, which nobody has paused.
        if (OrdersOf(peer) is { IsPaused: true } orders)
        {
            orders.IsPaused = false;
            await TellAsync(peer, new SetPaused(false), report);
        }
    }

    private async Task RepeatAsync(PeerId peer, int count, PeerCommand command, ActReport report)
    {
        for (var i = 0; i < count; i++)
        {
            await TellAsync(peer, command, report);
        }
    }

    private async Task TellAsync(PeerId peer, PeerCommand command, ActReport report)
    {
        // Who is down is told at its start what it then still has to know.
        if (host.IsRunning(peer))
        {
            report.Add(peer, await host.TellAsync(peer, command));
        }
    }

    private async Task CutOffAsync(CutOff cut, bool value)
    {
        if (value ? !_cutOff.Add(cut.NetworkId) : !_cutOff.Remove(cut.NetworkId))
        {
            return;
        }

        var members = host.Peers.Where(peer => peer.Info.NetworkId == cut.NetworkId);
        await EachAsync(members, peer => TellAsync(peer, new SetCutOff(value), new ActReport()));
    }

    private async Task PartitionAsync(Partition partition)
    {
        var peers = Chosen(partition.Peers).Select(peer => peer.Id).ToHashSet();
        var others = (partition.From is { } from ? Chosen(from) : host.Peers)
            .Select(peer => peer.Id).Where(id => !peers.Contains(id)).ToHashSet();
        var split = _partitions.Add(peers, others, partition.Direction);
        await TellPartitionsAsync(host.Peers);
        After(partition, () => _partitions.Remove(split) ? TellPartitionsAsync(host.Peers) : Task.CompletedTask);
    }

    private Task TellPartitionsAsync(IEnumerable<PeerPlan> peers) => EachAsync(peers, async peer =>
    {
        var kept = _partitions.KeptFrom(peer);
        var orders = OrdersOf(peer);
        if (!ReferenceEquals(kept, orders.KeptFrom) && (kept.Count > 0 || orders.KeptFrom is { Count: > 0 }))
        {
            orders.KeptFrom = kept;
            await TellAsync(peer, new SetPartition(kept), new ActReport());
        }
    });

    private async Task SetConditionsAsync(Conditions act, ActReport report)
    {
        var to = act.To is { } others ? new PeerSet(Chosen(others).Select(peer => peer.Id)) : null;
        var peers = Chosen(act.Peers);
        await EachAsync(peers, peer => SetConditionsAsync(peer, CommandOf(act, to), report));
        var reset = new Conditions(act.At, act.Peers);
        After(act, () => EachAsync(
            peers, peer => SetConditionsAsync(peer, CommandOf(reset, to), new ActReport())));
    }

    private Task SetConditionsAsync(PeerId peer, SetConditions command, ActReport report)
    {
        OrdersOf(peer).Remember(command);
        return TellAsync(peer, command, report);
    }

    /// <summary>What is to end by itself does so later.</summary>
    private void After(Act act, Func<Task> undo)
    {
        if (act.For is { } time)
        {
            host.Schedule(time, undo);
        }
    }

    private static async Task EachAsync(IEnumerable<PeerPlan> peers, Func<PeerId, Task> action)
    {
        foreach (var peer in peers)
        {
            await action(peer.Id);
        }
    }

    private StandingOrders OrdersOf(PeerId peer)
    {
        if (!_orders.TryGetValue(peer, out var orders))
        {
            _orders.Add(peer, orders = new StandingOrders());
        }

        return orders;
    }

    private PeerPlan PlanOf(PeerId id)
    {
        // Peers may be added while the network runs.
        if (!_plans.TryGetValue(id, out var plan))
        {
            plan = host.Peers.First(peer => peer.Id == id);
            _plans.Add(id, plan);
        }

        return plan;
    }

    private static SetMalicious CommandOf(string behaviour) => behaviour == Behaviours.Honest
        ? new SetMalicious(false)
        : new SetMalicious(true, behaviour);

    private static SetConditions CommandOf(Conditions act, PeerSet? to) =>
        new(act.Loss, act.Latency?.Min, act.Latency?.Max)
        {
            Burst = act.Burst,
            Capacity = act.Capacity,
            To = to,
            Clear = act.IsReset,
        };
}
