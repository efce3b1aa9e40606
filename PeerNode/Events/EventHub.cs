using Blockchain.Events;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Events;

/// <summary>
/// Who follows the events of this node. Its state belongs to the event loop, and to whoever closes it after that has
/// ended. Without listeners nothing is recorded, and single messages only while one of them wants those. When the
/// places are taken, the address that has most of them loses one to the newcomer; callers with the control key keep
/// theirs, and find some that nobody else may take.
/// </summary>
internal sealed class EventHub : IDisposable
{
    public const int MaxListeners = 16;

    /// <summary>Of these places, so many only callers with the key may take.</summary>
    public const int KeptForKey = 4;

    private readonly NodeEvents _events;
    private readonly EventLoop _loop;
    private readonly LoopMailbox _mailbox;
    private readonly TrafficReader _traffic;
    private readonly PeerId _self;
    private readonly List<EventListener> _listeners = [];
    private readonly Timer _timer;

    /// <summary>Null before anybody has joined.</summary>
    private Peer? _peer;
    private TimeSpan _nextBeat;

    public EventHub(
        NodeEvents events, NodeStatistics statistics, EventLoop loop, LoopMailbox mailbox, NodeOptions options)
    {
        _events = events;
        _loop = loop;
        _mailbox = mailbox;
        _self = options.Plan.Id;
        _traffic = new TrafficReader(_self, statistics.Counters);
        var tick = new Question((_, now) => Tick(now));
        _timer = new Timer(_ => _mailbox.TryPost(tick));
    }

    /// <summary>Whoever joins must leave, even if it gave up waiting for this.</summary>
    /// <returns>
    /// False when all places are taken by callers with the key, or the listener has ended meanwhile.
    /// </returns>
    /// <exception cref="NodeStoppingException">The node is stopping.</exception>
    public Task<bool> JoinAsync(EventListener listener, CancellationToken cancellation) =>
        _loop.Ask((peer, now) => TryJoin(peer, now, listener), cancellation);

    public async Task LeaveAsync(EventListener listener)
    {
        listener.End();

        // Once the loop has stopped there is nothing to leave any more.
        await _mailbox.PostAsync(new Question((_, _) => Remove(listener)));
    }

    /// <summary>Says that the peer is gone and ends all streams. To be called when the loop has ended.</summary>
    public void Close()
    {
        if (_listeners.Count > 0)
        {
            TellTraffic(_loop.Clock.Now);
            Tell(new PeerDown(_loop.Clock.Now, _self));
        }

        foreach (var listener in _listeners)
        {
            listener.End();
        }

        _listeners.Clear();
        FollowMessages();
        Rest();
    }

    public void Dispose() => _timer.Dispose();

    private bool TryJoin(Peer peer, TimeSpan now, EventListener listener)
    {
        if (listener.HasEnded || !TryMakeRoom(listener))
        {
            return false;
        }

        if (_listeners.Count == 0)
        {
            // Whatever has been counted meanwhile is nobody's: the first listener begins at nothing.
            _traffic.Skip();
            _events.Follower = Tell;
            _nextBeat = now + EventStream.HeartbeatInterval;
            _timer.Change(TrafficReader.Interval, TrafficReader.Interval);
        }

        _peer = peer;
        listener.Begin([.. PeerSnapshot.Take(peer, now, _loop.Clock.StartedAt, _events.Recent)]);
        _listeners.Add(listener);
        FollowMessages();
        return true;
    }

    private bool TryMakeRoom(EventListener newcomer)
    {
        var keyless = _listeners.Where(listener => !listener.HasKey).ToArray();
        var isRoom = _listeners.Count < MaxListeners
            && (newcomer.HasKey || keyless.Length < MaxListeners - KeptForKey);
        if (isRoom || keyless.Length == 0)
        {
            return isRoom;
        }

        var callers = newcomer.HasKey ? keyless : keyless.Append(newcomer);
        var most = callers.GroupBy(listener => listener.Caller).MaxBy(caller => caller.Count())!;

        // The slowest reader of that address; where all read, the oldest.
        Cut(most.Where(listener => listener != newcomer).MaxBy(listener => listener.Backlog) ?? keyless[0]);
        return true;
    }

    private void Remove(EventListener listener)
    {
        if (!_listeners.Remove(listener))
        {
            return;
        }

        FollowMessages();
        if (_listeners.Count == 0)
        {
            Rest();
        }
    }

    private void FollowMessages()
    {
        if (_listeners.Exists(listener => listener.WantsMessages))
        {
            _peer!.Tracer ??= new MessageTracer(_self, Tell);
        }
        else if (_peer is not null)
        {
            _peer.Tracer = null;
        }
    }

    private void Rest()
    {
        _events.Follower = null;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Tick(TimeSpan now)
    {
        TellTraffic(now);
        if (now < _nextBeat)
        {
            return;
        }

        _nextBeat = now + EventStream.HeartbeatInterval;
        for (var i = _listeners.Count - 1; i >= 0; i--)
        {
            if (!_listeners[i].TryBeat())
            {
                Cut(_listeners[i]);
            }
        }
    }

    private void TellTraffic(TimeSpan now)
    {
        foreach (var told in _traffic.Take(now))
        {
            Tell(told);
        }
    }

    private void Tell(PeerEvent told)
    {
        for (var i = _listeners.Count - 1; i >= 0; i--)
        {
            if (told is MessageTraced && !_listeners[i].WantsMessages)
            {
                continue;
            }

            if (!_listeners[i].TryTell(told))
            {
                Cut(_listeners[i]);
            }
        }
    }

    /// <summary>Its buffer is full, or it has ended and its leaving is still to be handled.</summary>
    private void Cut(EventListener listener)
    {
        listener.Cut();
        Remove(listener);
    }
}
