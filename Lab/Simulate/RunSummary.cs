using System.Globalization;
using Blockchain.Lab.Display;
using Blockchain.Simulation;
using Spectre.Console;

namespace Blockchain.Lab.Simulate;

/// <summary>What came of a run, in a few lines.</summary>
internal static class RunSummary
{
    public static void Say(IAnsiConsole console, Manifest manifest)
    {
        var result = manifest.Result!;
        var how = manifest.Outcome switch
        {
            Outcome.Interrupted => "[orange3]interrupted[/]",
            Outcome.Violated => "[indianred1]stopped[/]",
            _ => "[darkseagreen]done[/]",
        };
        console.MarkupLine(
            $"{how} after {Duration.Seconds(manifest.Took)}, at {Duration.Clock(result.Elapsed)} of virtual time");
        if (result.EndedBecause is { } why)
            console.MarkupLine($"[grey]{"ended early",-22}[/] {Markup.Escape(why)}");
        foreach (var (name, value) in Lines(result))
            console.MarkupLine($"[grey]{name,-22}[/] {Markup.Escape(value)}");
        foreach (var one in manifest.Invariants.Where(one => one.WhyNotPromised is not null))
        {
            var text = $"{one.Name}: not promised because {one.WhyNotPromised}";
            console.MarkupLine($"[grey]{"not checked",-22}[/] {Markup.Escape(text)}");
        }

        var report = Path.Combine(manifest.Folder, RunFolder.ReportFile);
        console.MarkupLine($"[grey]{"written to",-22}[/] [steelblue1]{Markup.Escape(report)}[/]");
    }

    /// <summary>The figures that somebody wants first, for a page.</summary>
    public static IEnumerable<(string Name, string Value)> Figures(SimulationResult result)
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

    private static IEnumerable<(string Name, string Value)> Lines(SimulationResult result)
    {
        yield return ("peers", Text($"{result.Peers:N0}"));
        yield return ("blocks", Text($"{result.Blocks.Count:N0}, {result.StaleBlocks:N0} of them stale"));
        yield return ("half of the peers after", Times(result.HalfReached));
        yield return ("nine tenths after", Times(result.MostReached));
        yield return ("copies received", Text($"{result.Redundancy:0.00} for each useful one"));
        yield return ("delivered", Text($"{100 * result.Delivery:0.##} %"));
        yield return ("dropped", Text($"{Dropped(result):N0} messages"));
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
