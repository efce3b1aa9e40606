using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>Numbers and their units as people write them on a command line. Each method throws
/// <see cref="FormatException"/> with what would be right.</summary>
public static class Quantities
{
    private static readonly (string Unit, double Factor)[] Sizes =
    [
        ("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("KB", 1e3), ("B", 1), ("", 1),
    ];

    /// <summary>"15s", "10min"; a plain number is seconds.</summary>
    public static TimeSpan Duration(string text)
    {
        if (!Durations.TryParse(text, out var duration))
        {
            throw new FormatException($"\"{text}\" is not a time; write for example 500ms, 60s, 10min or 2h.");
        }

        return duration <= Durations.Longest
            ? duration
            : throw new FormatException($"{text} is too long; at most {Durations.Format(Durations.Longest)}.");
    }

    /// <summary>A duration that is not zero.</summary>
    public static TimeSpan Interval(string text) =>
        Duration(text) is var interval && interval > TimeSpan.Zero
            ? interval
            : throw new FormatException(
                $"\"{text}\" is not a time above 0; write for example 500ms, 60s or 10min.");

    /// <summary>"0.2" or "20%".</summary>
    public static double Share(string text)
    {
        var isPercent = text.EndsWith('%');
        var most = isPercent ? 100 : 1;
        return TryNumber(isPercent ? text[..^1] : text, out var number) && number <= most
            ? isPercent ? number / 100 : number
            : throw new FormatException($"\"{text}\" is not a share; write a number from 0 to 1, or 20%.");
    }

    public static double Number(string text) =>
        TryNumber(text, out var number)
            ? number : throw new FormatException($"\"{text}\" is not a number of at least 0.");

    /// <summary>"10000" or "10_000".</summary>
    public static int Count(string text, int least = 1) =>
        int.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
            ? count
            : throw new FormatException($"\"{text}\" is not a whole number of at least {least}.");

    public static ulong Seed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new FormatException($"\"{text}\" is not a seed; a seed is a whole number from 0 to "
                + $"{ulong.MaxValue}.");

    /// <summary>Bytes: "535kB", "1MB", "535000".</summary>
    public static int Bytes(string text) =>
        TryScaled(text, Sizes, out var bytes) && bytes is >= 1 and <= int.MaxValue
            ? (int)bytes
            : throw new FormatException($"\"{text}\" is not a size; write for example 535kB, 1MB or a number of "
                + "bytes.");

    /// <summary>Bits per second: "20Mbit/s"; "0": no limit.</summary>
    public static long BitRate(string text) =>
        text == "0" ? 0
        : BitRates.TryParse(text, out var rate)
            ? rate
            : throw new FormatException(
                $"\"{text}\" is not a bandwidth; write for example 20Mbit/s, or x0.5 for half of the preset's.");

    /// <summary>"x2": so many times what it is.</summary>
    public static bool TryFactor(string text, out double factor)
    {
        factor = 0;
        return text.StartsWith('x') && TryNumber(text[1..], out factor) && factor > 0;
    }

    private static bool TryScaled(string text, (string Unit, double Factor)[] units, out double value)
    {
        value = 0;
        foreach (var (unit, factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && TryNumber(text[..^unit.Length], out var number))
            {
                value = number * factor;
                return true;
            }
        }

        return false;
    }

    private static string Digits(string text) => text.Replace("_", "", StringComparison.Ordinal);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
