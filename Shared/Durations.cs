using System.Globalization;

namespace Blockchain.Shared;

/// <summary>
/// Durations as people write them: a number and a unit out of ms, s, min (or m), h. Without a unit: seconds.
/// </summary>
public static class Durations
{
    /// <summary>What <see cref="TryParse"/> takes, as a regular expression; the JSON schema has the same.</summary>
    public const string Pattern = "^[0-9]+(\\.[0-9]+)?(ms|s|min|m|h)?$";

    /// <summary>Longer ones are mistakes, and could overflow when added to a time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10_000);

    /// <summary>
    /// As a time since the epoch, the end of the year 9999; a reader can make a date of anything up to it.
    /// </summary>
    public static readonly TimeSpan EndOfTime = DateTime.MaxValue.Date - DateTime.UnixEpoch;

    private static readonly TimeSpan MostInMilliseconds = TimeSpan.FromSeconds(10);

    // Longer units first where one ends like another: "ms" ends with "s".
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("min", TimeSpan.TicksPerMinute),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>
    /// Reads "15s", "100ms", "1.5min", "2h", "60"; false for anything else, and for what is negative.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var digits = text;
        var ticks = TimeSpan.TicksPerSecond;
        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
            {
                digits = text[..^unit.Length];
                ticks = length;
                break;
            }
        }

        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1]))
        {
            return false;
        }

        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && TryScale(number, ticks, out duration);
    }

    /// <summary>A number of seconds as a duration; false if negative, not a number, or beyond a TimeSpan.</summary>
    public static bool TryFromSeconds(double seconds, out TimeSpan duration)
    {
        duration = default;
        if (!(seconds >= 0 && seconds < TimeSpan.MaxValue.TotalSeconds))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>
    /// The shortest text in the largest unit that needs no fraction: "15s", "10min", "1h", "0s". What is no whole number
    /// of seconds is in milliseconds up to ten seconds, "0.5ms", and in seconds above: "51801.8978369s".
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        var ticks = duration.Ticks;
        var (unit, length) = ticks switch
        {
            _ when ticks % TimeSpan.TicksPerSecond != 0 && ticks > MostInMilliseconds.Ticks =>
                ("s", TimeSpan.TicksPerSecond),
            _ when ticks % TimeSpan.TicksPerSecond != 0 => ("ms", TimeSpan.TicksPerMillisecond),
            _ when ticks == 0 || ticks % TimeSpan.TicksPerMinute != 0 => ("s", TimeSpan.TicksPerSecond),
            _ when ticks % TimeSpan.TicksPerHour != 0 => ("min", TimeSpan.TicksPerMinute),
            _ => ("h", TimeSpan.TicksPerHour),
        };
        return ((decimal)ticks / length).ToString(CultureInfo.InvariantCulture) + unit;
    }

    private static bool TryScale(decimal number, long ticks, out TimeSpan duration)
    {
        duration = default;
        if (number > (decimal)long.MaxValue / ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(number * ticks));
        return true;
    }
}
