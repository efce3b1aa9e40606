namespace Blockchain.Events.Diagrams;

/// <summary>
/// Where a time is on the page, downwards. A long time in which nothing happens is drawn short, so that the rest can be
/// told apart.
/// </summary>
public sealed class TimeScale
{
    /// <summary>How high a time is drawn in which nothing happens, in pixels.</summary>
    public const double BreakHeight = 34;

    // So large a share of the whole has to pass without anything for it to be drawn short.
    private const double LongShare = 0.12;

    private readonly List<(TimeSpan From, TimeSpan To)> _breaks = [];
    private readonly double _perTick;

    /// <param name="times">When something happens.</param>
    /// <param name="height">Of the whole, in pixels.</param>
    public TimeScale(TimeSpan begin, TimeSpan end, IEnumerable<TimeSpan> times, double height)
    {
        ArgumentNullException.ThrowIfNull(times);
        (Begin, End, Height) = (begin, end > begin ? end : begin + TimeSpan.FromMilliseconds(1), height);
        var length = End - Begin;
        var last = begin;
        foreach (var time in times.Where(time => time > begin && time < End).Append(End).Order())
        {
            if (time - last > LongShare * length)
            {
                // Something is left of it at both ends: that nothing happens is to be seen.
                var rest = 0.15 * (time - last);
                _breaks.Add((last + rest, time - rest));
            }

            last = time;
        }

        var drawn = length - _breaks.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.To - one.From));
        if (drawn > 0.6 * length || _breaks.Count * BreakHeight > height / 2)
        {
            _breaks.Clear();
            drawn = length;
        }

        _perTick = (height - (_breaks.Count * BreakHeight)) / drawn.Ticks;
    }

    public TimeSpan Begin { get; }

    public TimeSpan End { get; }

    /// <summary>In pixels.</summary>
    public double Height { get; }

    /// <summary>The times that are drawn short.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan To)> Breaks => _breaks;

    /// <summary>Pixels from the top; what is before the begin or after the end is there.</summary>
    public double Y(TimeSpan time)
    {
        var until = time < Begin ? Begin : time > End ? End : time;
        var y = 0.0;
        var at = Begin;
        foreach (var (from, to) in _breaks)
        {
            if (until <= from)
            {
                break;
            }

            y += (from - at).Ticks * _perTick;
            if (until < to)
            {
                return y + (BreakHeight * ((until - from) / (to - from)));
            }

            y += BreakHeight;
            at = to;
        }

        return y + ((until - at).Ticks * _perTick);
    }

    /// <summary>Round times since the origin, some <paramref name="distance"/> pixels apart, none of them in a break.</summary>
    public IEnumerable<TimeSpan> Ticks(TimeSpan origin, double distance)
    {
        var step = Step(TimeSpan.FromTicks((long)(distance / _perTick)));
        for (var n = (long)Math.Ceiling((Begin - origin) / step); origin + (n * step) <= End; n++)
        {
            var time = origin + (n * step);
            if (!_breaks.Exists(one => time > one.From && time < one.To))
            {
                yield return time - origin;
            }
        }
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static TimeSpan Step(TimeSpan least)
    {
        var seconds = Math.Max(least.TotalSeconds, 1e-5);
        var power = Math.Pow(10, Math.Floor(Math.Log10(seconds)));
        var factor = seconds / power <= 1 ? 1 : seconds / power <= 2 ? 2 : seconds / power <= 5 ? 5 : 10;
        return TimeSpan.FromTicks((long)Math.Round(factor * power * TimeSpan.TicksPerSecond));
    }
}
