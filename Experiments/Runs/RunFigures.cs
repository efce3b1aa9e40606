using System.Globalization;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>What came of a run, in a few figures with their names.</summary>
internal static class RunFigures
{
    /// <summary>The figures that somebody wants first, for a page.</summary>
    public static IEnumerable<(string Name, string Value)> ForPage(SimulationResult result)
    {
        yield return ("peers", Text($"{result.Peers:N0}"));
        yield return ("blocks", Text($"{result.Blocks.Count:N0}"));
        yield return ("stale blocks", Text($"{result.StaleBlocks:N0}"));
        yield return ("half of the peers after", Time(result.HalfReached));
        yield return ("nine tenths after", Time(result.MostReached));
        yield return ("copies per useful message", Text($"{result.Redundancy:0.00}"));
        yield return ("delivered", Text($"{100 * result.Delivery:0.##} %"));
        yield return ("dropped messages", Text($"{Dropped(result):N0}"));
    }

    /// <summary>The same for a terminal, with a word more.</summary>
    public static IEnumerable<(string Name, string Value)> ForTerminal(SimulationResult result)
    {
        yield return ("peers", Text($"{result.Peers:N0}"));
        yield return ("blocks", Text($"{result.Blocks.Count:N0}, {result.StaleBlocks:N0} of them stale"));
        yield return ("half of the peers after", Times(result.HalfReached));
        yield return ("nine tenths after", Times(result.MostReached));
        if (result.Monitor is { } monitor)
        {
            yield return ("monitor", Text(
                $"half of the announcements after {monitor.P50:0.000} s, nine tenths after {monitor.P90:0.000} s"));
        }

        yield return ("copies received", Text($"{result.Redundancy:0.00} for each useful one"));
        yield return ("delivered", Text($"{100 * result.Delivery:0.##} %"));
        yield return ("dropped", Text($"{Dropped(result):N0} messages"));
        if (result.Signatures is { } signatures)
        {
            yield return ("signatures", Text($"{signatures.Made:N0} made, {signatures.Verified:N0} verified"));
        }

        yield return ("engine events", Text($"{result.Events:N0}"));
    }

    private static long Dropped(SimulationResult result) => result.Drops.Sum(drop => drop.Count);

    private static string Time(Percentiles times) => times.Count == 0 ? "–" : Time(times.P50);

    private static string Times(Percentiles times) => times.Count == 0
        ? "–"
        : $"{Time(times.P50)} (median block), {Time(times.P90)} (90 % of blocks)";

    private static string Time(double? time) => time is { } seconds ? Text($"{seconds:0.000} s") : "never";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
