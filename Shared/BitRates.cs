using System.Globalization;

namespace Blockchain.Shared;

/// <summary>Bandwidths as people write them: a number and a unit, "20Mbit/s". A thousand is 1,000 here.</summary>
public static class BitRates
{
    /// <summary>What <see cref="TryParse"/> takes, as a regular expression; the JSON schema has the same.</summary>
    public const string Pattern = "^[0-9]+(\\.[0-9]+)?([GMk]?bit(/s)?|[Mk]B/s)$";

    /// <summary>More is no limit to anything that runs here, and a TimeSpan could not tell its bytes apart.</summary>
    public const long Most = 1_000_000_000_000;

    private const double BitsPerByte = 8;

    // In bits per second. Longer units first where one ends like another.
    private static readonly (string Unit, double Factor)[] Units =
    [
        ("Gbit/s", 1e9), ("Mbit/s", 1e6), ("kbit/s", 1e3), ("bit/s", 1),
        ("Gbit", 1e9), ("Mbit", 1e6), ("kbit", 1e3), ("bit", 1),
        ("MB/s", 1e6 * BitsPerByte), ("kB/s", 1e3 * BitsPerByte),
    ];

    /// <summary>Reads "20Mbit/s"; false for anything else, and for what has no unit.</summary>
    /// <param name="bitsPerSecond">0, or 1 to <see cref="Most"/>.</param>
    public static bool TryParse(string? text, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        foreach (var (unit, factor) in Units)
        {
            if (text is not null && text.EndsWith(unit, StringComparison.Ordinal))
            {
                var digits = text.AsSpan()[..^unit.Length];
                return !digits.IsEmpty && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[^1])
                    && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    && TryFrom(number * factor, out bitsPerSecond);
            }
        }

        return false;
    }

    /// <summary>A number of bits per second; false if it is not possible.</summary>
    public static bool TryFrom(double number, out long bitsPerSecond)
    {
        var isRate = number is 0 or (>= 1 and <= Most);
        bitsPerSecond = isRate ? (long)number : 0;
        return isRate;
    }

    /// <summary>In the largest unit that needs no fraction: "20Mbit/s".</summary>
    public static string Format(long bitsPerSecond)
    {
        var (unit, factor) = Array.Find(Units, unit => bitsPerSecond > 0 && bitsPerSecond % (long)unit.Factor == 0);
        return unit is null
            ? "0bit/s"
            : (bitsPerSecond / (long)factor).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
