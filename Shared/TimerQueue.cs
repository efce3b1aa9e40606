namespace Blockchain.Shared;

/// <summary>
/// Everything that a peer will do later, in the order of (time, sequence). There is no cancelling: what is no longer
/// wanted finds that out when it is due.
/// </summary>
internal sealed class TimerQueue
{
    private readonly PriorityQueue<Action<TimeSpan>, (TimeSpan Due, long Sequence)> _queue = new();
    private long _sequence;

    /// <summary><see cref="TimeSpan.MaxValue"/> when nothing is planned.</summary>
    public TimeSpan NextDue { get; private set; } = TimeSpan.MaxValue;

    public void Schedule(TimeSpan due, Action<TimeSpan> action)
    {
        _queue.Enqueue(action, (due, _sequence++));
        if (due < NextDue)
        {
            NextDue = due;
        }
    }

    public void RunDue(TimeSpan now)
    {
        while (_queue.TryPeek(out var action, out var first) && first.Due <= now)
        {
            _queue.Dequeue();
            action(now);
        }

        NextDue = _queue.TryPeek(out _, out var next) ? next.Due : TimeSpan.MaxValue;
    }
}
