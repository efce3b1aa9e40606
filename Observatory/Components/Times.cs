using System.Globalization;

namespace Blockchain.Observatory.Components;

/// <summary>Times as people read them.</summary>
public static class Times
{
    /// <summary>What lies before is no time of day: a simulation counts from its start.</summary>
    private static readonly TimeSpan FirstDate = TimeSpan.FromDays(3_650);

    /// <summary>A place in time: 14:03:59 (UTC), or in a simulation the time since its start.</summary>
    public static string Clock(TimeSpan time) => IsDate(time)
        ? (DateTime.UnixEpoch + time).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : Length(time);

    /// <summary>How long something took: 0.73 s, 12.4 s, 2:05; a dash for what has not come about.</summary>
    public static string Delay(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalSeconds: < 10 } brief => brief.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture),
        { TotalSeconds: < 60 } some => some.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture),
        { } much => Length(much),
    };

    /// <summary>A stretch of time: 2:05, 1:00:05.</summary>
    public static string Length(TimeSpan time) =>
        time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>For the axis of a chart.</summary>
    public static DateTime Date(TimeSpan time) =>
        DateTime.UnixEpoch + (time < TimeSpan.Zero ? TimeSpan.Zero : time > MaxTime ? MaxTime : time);

    private static TimeSpan MaxTime => DateTime.MaxValue - DateTime.UnixEpoch;

    private static bool IsDate(TimeSpan time) => time > FirstDate && time <= MaxTime;
}
