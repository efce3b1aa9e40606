using System.CommandLine;
using System.Diagnostics;
using Blockchain.Experiments;
using Blockchain.Experiments.Runs;
using Blockchain.Experiments.Validation;
using Blockchain.Lab.Display;
using Spectre.Console;

namespace Blockchain.Lab.Commands;

/// <summary><c>validate</c>: the simulator is held against what is published.</summary>
internal static class ValidateCommand
{
    private static readonly Option<bool> Short = new("--short")
    {
        Description = "The quick half of it, with fewer blocks.",
    };

    private static readonly Option<string?> Folder = new("--out")
    {
        Description = "Where the page goes; by default a new folder in runs.",
        HelpName = "folder",
    };

    private static readonly Option<int> Parallel = Arguments.Count(
        "--parallel", "Runs at a time.", Environment.ProcessorCount);

    public static Command Build()
    {
        var command = new Command(
            "validate", "Hold the simulator against measurements, closed forms and other simulators.")
        {
            Short, Folder, Parallel,
        };
        command.SetAction(async (parsed, _) => await RunAsync(
            parsed.GetValue(Short), parsed.GetValue(Folder), parsed.GetValue(Parallel)));
        return command;
    }

    private static async Task<int> RunAsync(bool isShort, string? folder, int parallel)
    {
        folder ??= RunFolder.Unused(Path.Combine(RunFolder.Usual, "validation"));
        if (RunFolder.WhyNot(folder) is { } reason)
        {
            await Console.Error.WriteLineAsync(reason);
            return ExitCode.Refused;
        }

        var (started, watch) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        var plan = ValidationPlan.Of(isShort);
        using var stop = new StopRequest();
        var runner = new SweepRunner(plan.Sweep);
        var work = Task.Run(() => runner.Run(parallel, stop.Token));
        await SweepProgress.ShowAsync(AnsiConsole.Console, plan.Sweep, runner, work);
        var result = await work;
        if (!result.IsComplete)
        {
            await Console.Error.WriteLineAsync("Interrupted; nothing was judged.");
            return ExitCode.Failure;
        }

        var rows = plan.Judge(result);
        ValidationReport.Write(folder, plan, rows, new Provenance(started, watch.Elapsed, parallel));
        Show(rows);
        AnsiConsole.MarkupLine(Markup.Escape($"{ValidationReport.Total(rows)}, in {Duration.Seconds(watch.Elapsed)}; "
            + Path.Combine(folder, ResultFolder.Report)));
        return rows.Any(row => row.Verdict == Verdict.Fails) ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Show(IReadOnlyList<Judged> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("quantity", "in", "published", "ours", "verdict");
        foreach (var row in rows)
        {
            var color = row.Verdict switch
            {
                Verdict.Agrees => "darkseagreen",
                Verdict.Open => "grey",
                Verdict.Differs => "orange3",
                _ => "indianred1",
            };
            table.AddRow(
                Markup.Escape(row.Claim.Quantity), Markup.Escape(row.Claim.Network),
                Markup.Escape($"{row.Claim.Target.Text} {row.Claim.Unit}"), Markup.Escape(ValidationReport.Ours(row)),
                $"[{color}]{ValidationReport.Word(row.Verdict)}[/]");
        }

        AnsiConsole.Write(table);
    }
}
