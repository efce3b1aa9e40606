using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>
/// The columns of a link, with the units that their names state; a column without one has values as
/// <c>peers.json</c> has them, a number with its unit.
/// </summary>
internal static class Quantity
{
    private static readonly Dictionary<string, Func<string, GraphLink, string?>> Columns = new(StringComparer.Ordinal)
    {
        ["latency"] = (text, link) => Latency(text, link, null),
        ["latency_ms"] = (text, link) => Latency(text, link, 1e-3),
        ["latency_s"] = (text, link) => Latency(text, link, 1),
        ["bandwidth"] = (text, link) => Bandwidth(text, link, null),
        ["bandwidth_bps"] = (text, link) => Bandwidth(text, link, 1),
        ["bandwidth_mbps"] = (text, link) => Bandwidth(text, link, 1e6),
        ["loss"] = Loss,
    };

    public static IEnumerable<string> Names => Columns.Keys;

    public static bool IsKnown(string column) => Columns.ContainsKey(column);

    /// <summary>Sets what a column says.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? Set(string column, string text, GraphLink link) => Columns[column](text, link);

    /// <summary>A time in the unit of its column.</summary>
    /// <param name="unit">In seconds; null: the text has it.</param>
    public static bool TryTime(string text, double? unit, out TimeSpan time)
    {
        time = default;
        var isTime = unit is { } seconds
            ? TryNumber(text, out var number) && Durations.TryFromSeconds(number.Value * seconds, out time)
            : !TryNumber(text, out _) && Durations.TryParse(text, out time);
        return isTime && time <= Durations.Longest;
    }

    public static bool TryNumber(string text, [NotNullWhen(true)] out double? number)
    {
        number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : null;
        return number is not null;
    }

    private static string? Latency(string text, GraphLink link, double? unit)
    {
        var isRight = TryTime(text, unit, out var latency);
        link.Plan = link.Plan with { Latency = new(latency, latency) };
        return isRight ? null
            : unit is null ? $"the latency \"{text}\" is not a time with a unit such as 30ms or 0.1s"
            : $"the latency \"{text}\" is not a number from 0 up";
    }

    private static string? Bandwidth(string text, GraphLink link, double? unit)
    {
        long bits;
        var isRight = unit is { } factor
            ? TryNumber(text, out var number) & BitRates.TryFrom((number ?? -1) * factor, out bits)
            : BitRates.TryParse(text, out bits);
        link.Plan = link.Plan with { Bandwidth = bits };
        return isRight ? null
            : unit is null ? $"the bandwidth \"{text}\" is not a number with a unit such as 20Mbit/s"
            : $"the bandwidth \"{text}\" is not a number of at least 1 bit/s, or 0 for no limit";
    }

    private static string? Loss(string text, GraphLink link)
    {
        var isRight = TryNumber(text, out var loss) && loss is >= 0 and <= 1;
        link.Plan = link.Plan with { Loss = loss };
        return isRight ? null : $"the loss \"{text}\" is not a number from 0 to 1";
    }
}
