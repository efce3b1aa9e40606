namespace Blockchain.Observatory.Tests;

/// <summary>A clock that goes when it is told to; its timers too.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private TimeSpan _now = TimeSpan.FromDays(20_000);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), _now + dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Pass(TimeSpan time)
    {
        var end = _now + time;
        while (_timers.MinBy(timer => timer.Due) is { } next && next.Due <= end)
        {
            _now = next.Due;
            next.Ring();
        }

        _now = end;
    }

    private sealed class Timer(ManualTime time, Action callback, TimeSpan due, TimeSpan period) : ITimer
    {
        public TimeSpan Due { get; private set; } = due;

        public void Ring()
        {
            if (period == Timeout.InfiniteTimeSpan)
            {
                Dispose();
            }

            Due += period;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod) => throw new NotSupportedException();

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
