namespace Blockchain.Events.Diagrams;

/// <summary>
/// Where a time is on the page, downwards. A long time in which nothing happens is drawn short; where nearly all
/// happens in a small part of the time, that part is drawn larger than the rest. The labels of the axis show both.
/// </summary>
public sealed class TimeScale
{
    /// <summary>How high a time is drawn in which nothing happens, in pixels.</summary>
    public const double BreakHeight = 34;

    // So large a share of the whole has to pass without anything for it to be drawn short.
    private const double LongShare = 0.12;

    // So many have to happen, most of them in a fifth of the time, for that to be drawn larger.
    private const int Many = 150;
    private const int Bins = 50;
    private const int Fifth = Bins / 5;
    private const double Most = 0.6;

    private readonly List<(TimeSpan From, TimeSpan To)> _breaks = [];
    private readonly List<(TimeSpan Time, double Y)> _points = [];

    /// <param name="times">When something happens.</param>
    /// <param name="height">Of the whole, in pixels.</param>
    public TimeScale(TimeSpan begin, TimeSpan end, IEnumerable<TimeSpan> times, double height)
    {
        ArgumentNullException.ThrowIfNull(times);
        (Begin, End, Height) = (begin, end > begin ? end : begin + TimeSpan.FromMilliseconds(1), height);
        var inside = times.Where(time => time > Begin && time < End).Order().ToArray();
        if (!TryStretch(inside))
        {
            Shorten(inside);
        }
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
        var i = 1;
        while (i < _points.Count - 1 && _points[i].Time < until)
        {
            i++;
        }

        var (before, after) = (_points[i - 1], _points[i]);
        return before.Y + ((after.Y - before.Y) * ((until - before.Time) / (after.Time - before.Time)));
    }

    /// <summary>
    /// Round times since the origin, at least <paramref name="distance"/> pixels apart, none of them in a break.
    /// </summary>
    public IReadOnlyList<TimeSpan> Ticks(TimeSpan origin, double distance)
    {
        var ticks = new SortedDictionary<double, TimeSpan>();
        var step = Math.Pow(10, Math.Floor(Math.Log10((End - Begin).TotalSeconds)));
        for (var finer = 0; finer < 9; finer++)
        {
            Add(ticks, origin, TimeSpan.FromSeconds(step), distance);
            step /= finer % 3 == 1 ? 2.5 : 2;
        }

        return [.. ticks.Values];
    }

    private void Add(SortedDictionary<double, TimeSpan> ticks, TimeSpan origin, TimeSpan step, double distance)
    {
        if (step.Ticks < 10 || (End - Begin) / step > 2_000)
        {
            return;
        }

        for (var n = (long)Math.Ceiling((Begin - origin) / step); origin + (n * step) <= End; n++)
        {
            var time = origin + (n * step);
            var y = Y(time);
            if (!_breaks.Exists(one => time > one.From && time < one.To)
                && !ticks.Keys.Any(other => Math.Abs(other - y) < distance))
            {
                ticks[y] = time - origin;
            }
        }
    }

    /// <summary>
    /// Each part of the time gets its share of the height half by its length, half by what happens in it.
    /// </summary>
    private bool TryStretch(TimeSpan[] times)
    {
        var counts = new int[Bins];
        foreach (var time in times)
        {
            counts[Math.Min((int)(Bins * ((time - Begin) / (End - Begin))), Bins - 1)]++;
        }

        if (times.Length < Many || counts.OrderDescending().Take(Fifth).Sum() < Most * times.Length)
        {
            return false;
        }

        var y = 0.0;
        _points.Add((Begin, 0));
        for (var i = 0; i < Bins; i++)
        {
            y += Height * ((0.5 / Bins) + (0.5 * counts[i] / times.Length));
            _points.Add((i == Bins - 1 ? End : Begin + ((End - Begin) * (i + 1) / Bins), y));
        }

        return true;
    }

    private void Shorten(TimeSpan[] times)
    {
        var length = End - Begin;
        var last = Begin;
        foreach (var time in times.Append(End))
        {
            if (time - last > LongShare * length)
            {
                // Something is left of it at both ends: that nothing happens is to be seen.
                var rest = Math.Min(0.15 * (time - last).Ticks, 0.03 * length.Ticks);
                _breaks.Add((last + TimeSpan.FromTicks((long)rest), time - TimeSpan.FromTicks((long)rest)));
            }

            last = time;
        }

        var drawn = length - _breaks.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.To - one.From));
        if (drawn > 0.6 * length || _breaks.Count * BreakHeight > Height / 2)
        {
            _breaks.Clear();
            drawn = length;
        }

        var perTick = (Height - (_breaks.Count * BreakHeight)) / drawn.Ticks;
        var (at, y) = (Begin, 0.0);
        _points.Add((Begin, 0));
        foreach (var (from, to) in _breaks)
        {
            y += (from - at).Ticks * perTick;
            _points.Add((from, y));
            y += BreakHeight;
            _points.Add((to, y));
            at = to;
        }

        _points.Add((End, Height));
    }
}
