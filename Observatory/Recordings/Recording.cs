using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Recordings;

/// <summary>
/// The events of the last minutes. What falls out of it is folded into the state from which it begins, so that a replay
/// knows the peers and blocks from before. Counts of messages are added up over two seconds, and of round trips
/// those are left out that follow another one of the same link within half a minute. For one thread at a time.
/// </summary>
/// <param name="planned">As of <see cref="NetworkFold"/>.</param>
public sealed class Recording(IReadOnlyList<PeerState>? planned = null, RecordingLimits? limits = null)
{
    private readonly RecordingLimits _limits = limits ?? RecordingLimits.Default;
    private readonly NetworkFold _before = new(planned);
    private readonly Queue<RecordedEvent> _events = [];
    private readonly EventThinner _thinner = new();
    private TimeSpan _end;

    public int Count => _events.Count;

    /// <param name="at">Now; what goes back behind the last event is taken for its time.</param>
    public void Add(TimeSpan at, PeerEvent happened)
    {
        _end = at > _end ? at : _end;
        foreach (var kept in _thinner.Add(_end, happened))
        {
            _events.Enqueue(new RecordedEvent(_end, kept));
        }

        while (_events.TryPeek(out var oldest)
            && (_events.Count > _limits.Events || oldest.At < _end - _limits.Length))
        {
            _before.Apply(_events.Dequeue().Event);
        }
    }

    /// <summary>What it holds now.</summary>
    public Tape ToTape()
    {
        var start = _events.TryPeek(out var first) ? first.At : _end;
        return new Tape(
            [
                .. StateEvents.Of(_before.Current).Select(happened => new RecordedEvent(start, happened)),
                .. _events,
                .. _thinner.Pending(_end).Select(happened => new RecordedEvent(_end, happened)),
            ],
            planned);
    }
}
