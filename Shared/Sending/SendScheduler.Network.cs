using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Sending;

/// <content>What a running peer is told of its simulated network, and waiting for a line that carries little.</content>
internal sealed partial class SendScheduler
{
    /// <summary>
    /// Who waits for a slow line looks again after this time at the latest: the route may be another one by then.
    /// </summary>
    private static readonly TimeSpan LongestParking = TimeSpan.FromSeconds(1);

    private readonly SimulatedNetwork _network;

    /// <summary>Messages per second that it was told to send at most; null: as its plan says.</summary>
    public double? ToldCapacity { get; private set; }

    /// <summary>
    /// What the simulated network does to whatever is sent from now on, except to <see cref="Pairs"/>.
    /// </summary>
    public NetworkConditions Conditions => _network.Own.Conditions;

    /// <summary>How many peers there are to which the network has conditions of their own.</summary>
    public int Pairs => _network.Pairs;

    /// <summary>The peers to which nothing gets.</summary>
    public PeerSet Blocked
    {
        get => _network.Blocked;
        set => _network.Blocked = value;
    }

    /// <summary>
    /// The size of a token bucket: one second's worth; at least one message must fit. Zero: no limit.
    /// </summary>
    public static double BurstOf(double capacity) => capacity > 0 ? Math.Max(1, capacity) : 0;

    /// <summary>Whether nothing gets to a peer.</summary>
    public bool Blocks(PeerId peer) => _network.Blocks(peer);

    /// <inheritdoc cref="SimulatedNetwork.Problem"/>
    public string? Problem(SetConditions change) => _network.Problem(change);

    public void Change(TimeSpan now, SetConditions change)
    {
        if (change.To is { } to)
        {
            foreach (var line in _network.ChangePairs(now, to, change))
            {
                PlanUnpark(now, line);
            }

            _limitsTargets = _context.Settings.SendLimit.IsLimited || _network.LimitsPairs;
            return;
        }

        _network.Change(change);
        if (change.Capacity is { } told)
        {
            ToldCapacity = told;
            SetCapacity(now, told);
        }
        else if (change.Clear && ToldCapacity is not null)
        {
            ToldCapacity = null;
            SetCapacity(now, _context.Random.Within(_context.Settings.Capacity));
        }
    }

    private void SetCapacity(TimeSpan now, double capacity)
    {
        Capacity = capacity;
        _capacity.Resize(BurstOf(capacity), capacity, now);

        // Not at once: the peer may stand still.
        if (_waiting > 0)
        {
            PlanPump(_capacity.NextToken(now));
        }
    }

    private bool HasToken(TimeSpan now, RemotePeer target) =>
        target.Queue.HasToken(now) && (SlowLineTo(target)?.HasToken(now) ?? true);

    /// <summary>The line to the next hop, where it may carry only so much.</summary>
    private Line? SlowLineTo(RemotePeer target) =>
        _network.LimitsPairs && _context.Routes.Find(target) is { } hop ? _network.To(hop) : null;

    /// <summary>Leaves a target out until its rate limit, or the line towards it, has a token.</summary>
    private void Park(TimeSpan now, RemotePeer target)
    {
        target.Queue.IsParked = true;
        if (target.Queue.HasToken(now) && SlowLineTo(target) is { } line)
        {
            // All that wait for one line go on together, in their order: else the first of them would be first always.
            line.Parked.Enqueue(target);
            PlanUnpark(Earlier(line.NextToken(now), now + LongestParking), line);
            return;
        }

        _context.Timers.Schedule(target.Queue.NextToken(now), later =>
        {
            Unpark(target);
            Pump(later);
        });
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void PlanUnpark(TimeSpan due, Line line)
    {
        if (line.Parked.Count == 0 || line.UnparksAt <= due)
        {
            return;
        }

        line.UnparksAt = due;
        _context.Timers.Schedule(due, now =>
        {
            if (line.UnparksAt == due)
            {
                line.UnparksAt = TimeSpan.MaxValue;
                while (line.Parked.TryDequeue(out var target))
                {
                    Unpark(target);
                }

                Pump(now);
            }
        });
    }

    private void Unpark(RemotePeer target)
    {
        target.Queue.IsParked = false;
        for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
        {
            TakeTurn(target, priority);
        }
    }
}
