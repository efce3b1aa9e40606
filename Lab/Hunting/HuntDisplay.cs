using System.Globalization;
using Blockchain.Experiments.Runs;
using Spectre.Console;

namespace Blockchain.Lab.Hunting;

/// <summary>One line that says how far a hunt has come: on a terminal always the same line, in a log seldom a new one.</summary>
internal sealed class HuntDisplay(IAnsiConsole console)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    public static string Searching(int trials, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{trials:N0} trials, {trials / Math.Max(0.001, elapsed.TotalSeconds):N0} a second, {Duration.Clock(elapsed)}");

    public static string Shrinking(int runs, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture, $"making it smaller: {runs:N0} runs, {Duration.Clock(elapsed)}");

    /// <summary>Shows it until the work is done, which has a thread of its own.</summary>
    public void Show(Func<string> line, Action work)
    {
        var task = Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (console.Profile.Capabilities.Interactive)
        {
            console.Status().Start(Markup.Escape(line()), context =>
            {
                while (!Wait(task, Interval))
                {
                    context.Status(Markup.Escape(line()));
                }
            });
        }
        else
        {
            while (!Wait(task, LogInterval))
            {
                console.WriteLine(line());
            }
        }

        task.GetAwaiter().GetResult();
    }

    private static bool Wait(Task task, TimeSpan time) =>
        Task.WhenAny(task, Task.Delay(time)).GetAwaiter().GetResult() == task;
}
