using System.Globalization;

namespace Blockchain.Experiments.Attacks;

/// <summary>The figures as a table in Markdown.</summary>
internal static class AttackTable
{
    public const string Head =
        "| attack | by | most memory of a node | PING, median (worst node) / p90 | block at nine tenths | banned "
        + "| equal after | broken |\n|---|---|---:|---:|---:|---|---:|---|";

    public static string Row(string name, Roles by, AttackFigures figures, Promises promises) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {(by == Roles.None ? "nobody" : by.ToString().ToLowerInvariant())} "
        + $"| {(figures.WasBrokenOff ? "> " : "")}{figures.Bytes >> 20} MB ({figures.BiggestNode}) "
        + $"| {Seconds(figures.PingMedian)} ({Seconds(figures.PingWorstMedian)}, {figures.PingWorstPair}) / "
        + $"{Seconds(figures.PingP90)} "
        + $"| {Seconds(figures.BlockDelay)} ({promises.BlockRatio(figures):0.0} ×, {figures.Blocks} blocks) "
        + $"| {(figures.Banned.Count == 0 ? "nobody" : string.Join(", ", figures.Banned))} "
        + $"| {(figures.HealedAfter is { } healed ? Seconds(healed) : "never")} "
        + $"| {Broken(figures, promises)} |");

    private static string Broken(AttackFigures figures, Promises promises)
    {
        var broken = string.Join(", ", promises.Broken(figures));
        var remarks = string.Create(
            CultureInfo.InvariantCulture,
            $"{(figures.Died.Count > 0 ? $"; died: {string.Join(' ', figures.Died)}" : "")}"
            + $"{(broken.Contains("false chain") ? $"; light peer {figures.FalseHeaders} ahead" : "")}"
            + $"{(figures.WorstRoundTrip > 1 ? $"; round trip believed {Seconds(figures.WorstRoundTrip)}" : "")}");
        return (broken.Length == 0 ? "nothing" : broken) + remarks;
    }

    private static string Seconds(double seconds) => double.IsFinite(seconds)
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s")
        : "never";
}
