using System.Diagnostics;
using Blockchain.Experiments;
using Blockchain.Experiments.Runs;
using Spectre.Console;

namespace Blockchain.Lab.Display;

/// <summary>
/// How far the runs of an experiment are and how long the rest will take: a bar, or in a pipe a line now and then.
/// </summary>
internal static class SweepProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IntervalOfLines = TimeSpan.FromSeconds(5);

    public static Task ShowAsync(IAnsiConsole console, Sweep sweep, SweepRunner runner, Task work)
    {
        return console.Profile.Capabilities.Interactive
            ? console.Progress()
                .Columns(
                    new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                        new RemainingTimeColumn())
                .StartAsync(
                    context => FillAsync(context.AddTask(Describe(sweep, runner), maxValue: 1), sweep, runner, work))
            : WriteAsync(console.Profile.Out.Writer, sweep, runner, work);
    }

    private static async Task WriteAsync(TextWriter output, Sweep sweep, SweepRunner runner, Task work)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(IntervalOfLines);
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask()) != work)
        {
            var left = runner.Share > 0 ? $", {Duration.Clock(watch.Elapsed * ((1 / runner.Share) - 1))} left" : "";
            await output.WriteLineAsync($"{Describe(sweep, runner)}, {(int)(100 * runner.Share)} %{left}");
        }
    }

    private static async Task FillAsync(ProgressTask bar, Sweep sweep, SweepRunner runner, Task work)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
            bar.Value = runner.Share;
            bar.Description = Describe(sweep, runner);
        }
    }

    private static string Describe(Sweep sweep, SweepRunner runner) => $"{runner.Finished} of {sweep.Runs} runs";
}
