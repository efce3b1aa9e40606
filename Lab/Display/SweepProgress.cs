using Blockchain.Experiments;
using Spectre.Console;

namespace Blockchain.Lab.Display;

/// <summary>A bar that fills while the runs of an experiment are made, and says how long that will take.</summary>
internal static class SweepProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static Task ShowAsync(IAnsiConsole console, Sweep sweep, SweepRunner runner, Task work)
    {
        // A log has no use for a bar.
        return console.Profile.Capabilities.Interactive
            ? console.Progress()
                .Columns(
                    new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                        new RemainingTimeColumn())
                .StartAsync(
                    context => FillAsync(context.AddTask(Describe(sweep, runner), maxValue: 1), sweep, runner, work))
            : Task.CompletedTask;
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
