using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Sending;

/// <summary>
/// Decides what is sent when: by priority, within a priority one message per target in turn, within the rate limit of
/// each target and the capacity of this peer; then the simulated network loses and delays it.
/// </summary>
internal sealed partial class SendScheduler
{
    private readonly PeerContext _context;
    private readonly Queue<RemotePeer>[] _turns = [new(), new(), new()];
    private TokenBucket _capacity;

    // Few networks limit what one target is sent; in the others nobody looks at the limits of thousands of targets.
    private bool _limitsTargets;
    private readonly int[] _waitingBy = new int[MessagePriorities.Count];
    private int _waiting;
    private TimeSpan _pumpDue = TimeSpan.MaxValue;

    /// <param name="lines">What the file says of the lines to single neighbours; null: nothing.</param>
    public SendScheduler(PeerContext context, PlannedLines? lines = null)
    {
        _context = context;
        _network = new SimulatedNetwork(context.Settings.Conditions, lines);
        _limitsTargets = context.Settings.SendLimit.IsLimited || _network.LimitsPairs;
    }

    /// <summary>Messages per second that may leave now; zero: no limit.</summary>
    public double Capacity { get; private set; }

    /// <summary>How many messages wait, for all targets together.</summary>
    public int Waiting(MessagePriority priority) => _waitingBy[(int)priority];

    public void Start(TimeSpan now)
    {
        var drawn = _context.Random.Within(_context.Settings.Capacity);
        Capacity = ToldCapacity ?? drawn;

        // A burst of one second's worth, as in the original's limiter.
        _capacity = new TokenBucket(BurstOf(Capacity), Capacity, now);
        if (_context.Settings.Capacity.Min < _context.Settings.Capacity.Max)
        {
            _context.Timers.Schedule(now + _context.Settings.CapacityInterval, VaryCapacity);
        }
    }

    public void Enqueue(TimeSpan now, RemotePeer target, Message message) =>
        Admit(now, target, new Transmission(target, message));

    /// <summary>The transport, or the lack of a route, kept a message from leaving.</summary>
    public void Failed(TimeSpan now, Transmission failed, DropReason reason)
    {
        // Heartbeats come again by themselves; sending an old one later would only falsify the round-trip time.
        var transmission = failed.AfterFailure();
        // Nor are names that nobody has answered to tried more often than they are meant to be.
        var retry = !IsHeartbeat(transmission.Payload)
            && transmission.To.IsConfirmed
            && transmission.Failures <= _context.Settings.Retries;
        if (!retry)
        {
            Drop(now, transmission, reason);
            return;
        }

        _context.Reports.Tracer?.Outgoing(now, MessageStage.Failed, transmission, reason);
        _context.Timers.Schedule(now + _context.Settings.RetryDelay, later => Retry(later, transmission));
    }

    /// <summary>Gives up what waits for a target that is banned or away.</summary>
    public void Clear(TimeSpan now, RemotePeer target, DropReason reason)
    {
        for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
        {
            while (target.Waiting(priority) > 0)
            {
                Left(priority);
                Drop(now, target.Queue.Dequeue(priority), reason);
            }
        }
    }

    /// <summary>In a RELAY too, or who forwards it would send it late.</summary>
    private static bool IsHeartbeat(Message message) =>
        message is Ping or Pong or Relay { Payload: Ping or Pong };

    private static bool IsProbe(Message message) =>
        message.Type is MessageType.Ping or MessageType.Pong or MessageType.Hello;

    private void Retry(TimeSpan now, Transmission transmission)
    {
        if (_context.Table.Find(transmission.Target) is { } target)
        {
            Admit(now, target, transmission);
        }
        else
        {
            Drop(now, transmission, DropReason.Unreachable);
        }
    }

    private void Admit(TimeSpan now, RemotePeer target, in Transmission transmission)
    {
        if (target.IsBanned)
        {
            Drop(now, transmission, DropReason.Blacklisted);
        }
        else if (target.Status == PeerStatus.Unreachable && !IsProbe(transmission.Payload))
        {
            Drop(now, transmission, DropReason.Unreachable);
        }
        else if (_waiting == 0 && _capacity.NextToken(now) <= now
            && (!_limitsTargets || HasToken(now, target)))
        {
            Send(now, target, transmission);
        }
        else
        {
            Wait(now, target, transmission);
        }
    }

    private void Wait(TimeSpan now, RemotePeer target, in Transmission transmission)
    {
        var priority = target.IsConfirmed ? MessagePriorities.Of(transmission.Payload.Type) : MessagePriority.Low;
        var limit = _context.Settings.QueueLimit;
        if (limit > 0 && target.Queue.Count(priority) >= limit)
        {
            Drop(now, transmission, DropReason.QueueFull);
            return;
        }

        _context.Reports.Tracer?.Outgoing(now, MessageStage.Queued, transmission);
        target.Queue.Enqueue(priority, transmission);
        _waiting++;
        _waitingBy[(int)priority]++;
        TakeTurn(target, priority);
        Pump(now);
    }

    private void Left(MessagePriority priority)
    {
        _waiting--;
        _waitingBy[(int)priority]--;
    }

    private void Pump(TimeSpan now)
    {
        while (_waiting > 0)
        {
            var free = _capacity.NextToken(now);
            if (free > now)
            {
                PlanPump(free);
                return;
            }

            if (!TryNext(now, out var target, out var priority))
            {
                // All that wait, wait for the rate limit of their target; unparking pumps again.
                return;
            }

            Left(priority);
            var transmission = target.Queue.Dequeue(priority);
            TakeTurn(target, priority);
            Send(now, target, transmission);
        }
    }

    private void PlanPump(TimeSpan due)
    {
        // A later one may be planned already: the capacity has grown since.
        if (_pumpDue <= due)
        {
            return;
        }

        _pumpDue = due;
        _context.Timers.Schedule(due, now =>
        {
            if (_pumpDue == due)
            {
                _pumpDue = TimeSpan.MaxValue;
                Pump(now);
            }
        });
    }

    private void TakeTurn(RemotePeer target, MessagePriority priority)
    {
        ref var inTurn = ref target.Queue.InTurn(priority);
        if (!inTurn && !target.Queue.IsParked && target.Queue.Count(priority) > 0)
        {
            inTurn = true;
            _turns[(int)priority].Enqueue(target);
        }
    }

    private bool TryNext(TimeSpan now, out RemotePeer target, out MessagePriority priority)
    {
        for (priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
        {
            while (_turns[(int)priority].TryDequeue(out target!))
            {
                target.Queue.InTurn(priority) = false;
                if (target.Queue.IsParked || target.Queue.Count(priority) == 0)
                {
                    continue;
                }

                if (!_limitsTargets || HasToken(now, target))
                {
                    return true;
                }

                Park(now, target);
            }
        }

        target = null!;
        return false;
    }

    private void Send(TimeSpan now, RemotePeer target, in Transmission transmission)
    {
        _capacity.TryTake(now);
        if (_limitsTargets)
        {
            target.Queue.TakeToken(now);
        }

        if (_context.Routes.NextHop(target) is not { } hop)
        {
            Failed(now, transmission, DropReason.NoRoute);
            return;
        }

        var routed = hop == target && transmission.Hop == target
            && ReferenceEquals(transmission.Message, transmission.Payload)
            ? transmission
            : transmission.Over(hop, hop == target ? transmission.Payload : Wrap(transmission));
        var line = _network.Take(now, hop, routed.Message, out var sending);
        if (line.Loses(_context.Random))
        {
            Drop(now, routed, DropReason.Loss);
            return;
        }

        var latency = sending + line.Conditions.NextLatency(_context.Random);
        if (latency > TimeSpan.Zero)
        {
            _context.Reports.Tracer?.Outgoing(now, MessageStage.Left, routed);
            DeliverLater(now + latency, routed);
        }
        else
        {
            Deliver(now, routed);
        }
    }

    // In a method of its own, so that what leaves at once pays for no closure.
    private void DeliverLater(TimeSpan due, Transmission transmission) =>
        _context.Timers.Schedule(due, later => Deliver(later, transmission));

    private void Deliver(TimeSpan now, in Transmission transmission)
    {
        _context.Reports.Sent(now, transmission);
        if (_network.Blocks(transmission.NextHop))
        {
            Failed(now, transmission, DropReason.Unreachable);
            return;
        }

        _context.Transmitter.Transmit(transmission);
    }

    /// <summary>
    /// The RELAY around a message; a second attempt uses the first one's, so that its copies are known as such.
    /// </summary>
    private Message Wrap(in Transmission transmission)
    {
        if (transmission.Payload is Relay || transmission.Message is Relay)
        {
            return transmission.Message;
        }

        var relay = new Relay(
            _context.Self.Id, transmission.Target, transmission.Payload, _context.Random.NextMessageId(), default)
        {
            TraceParent = transmission.Payload.TraceParent,
            TraceState = transmission.Payload.TraceState,
        };
        return _context.Identity?.Sign(relay) ?? relay;
    }

    private void Drop(TimeSpan now, in Transmission transmission, DropReason reason) =>
        _context.Reports.Dropped(now, transmission, reason);

    private void VaryCapacity(TimeSpan now)
    {
        _context.Timers.Schedule(now + _context.Settings.CapacityInterval, VaryCapacity);
        if (ToldCapacity is null)
        {
            Capacity = _context.Random.Within(_context.Settings.Capacity);
            _capacity.Resize(BurstOf(Capacity), Capacity, now);
            Pump(now);
        }
    }
}
