using Blockchain.Experiments.Runs;
using Blockchain.Shared;
using Spectre.Console;

namespace Blockchain.Lab.Simulate;

/// <summary>What came of a run, in a few lines.</summary>
internal static class RunSummary
{
    public static void Say(IAnsiConsole console, RunManifest manifest)
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
        {
            console.MarkupLine($"[grey]{"ended early",-22}[/] {Markup.Escape(why)}");
        }

        if (result.ExtraSettling > TimeSpan.Zero)
        {
            console.MarkupLine(
                $"[grey]{"settling",-22}[/] {Durations.Format(result.ExtraSettling)} longer than asked for, "
                + "until every block was everywhere");
        }

        foreach (var (name, value) in RunFigures.ForTerminal(result))
        {
            console.MarkupLine($"[grey]{name,-22}[/] {Markup.Escape(value)}");
        }

        foreach (var one in manifest.Invariants.Where(one => one.WhyNotPromised is not null))
        {
            var text = $"{one.Name}: not promised because {one.WhyNotPromised}";
            console.MarkupLine($"[grey]{"not checked",-22}[/] {Markup.Escape(text)}");
        }

        var report = Path.Combine(manifest.Folder, RunFolder.ReportFile);
        console.MarkupLine($"[grey]{"written to",-22}[/] [steelblue1]{Markup.Escape(report)}[/]");
    }
}
