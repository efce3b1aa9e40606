using System.Diagnostics;
using System.Globalization;
using Blockchain.Experiments.Runs;
using Blockchain.Simulation;
using Spectre.Console;

namespace Blockchain.Lab.Simulate;

/// <summary>Shows how far a run has come: a bar on a terminal, a line now and then in a pipe or file.</summary>
internal abstract class RunDisplay(IAnsiConsole console, string name)
{
    protected IAnsiConsole Console => console;

    protected string Name => name;

    public static RunDisplay For(IAnsiConsole console, string name) =>
        console.Profile.Capabilities is { Ansi: true } && console.Profile.Out.IsTerminal
            ? new BarDisplay(console, name)
            : new LineDisplay(console, name);

    /// <summary>Shows the work while it is done. Its first report says that the network is built.</summary>
    public abstract void Show(Action<IProgress<SimulationProgress>> work);

    /// <summary>"virtual 1:20:00  12 blocks  1,234,567 events  812,345/s  0:07 left".</summary>
    protected static string Describe(SimulationProgress progress, TimeSpan wall)
    {
        var rate = wall > TimeSpan.Zero ? progress.Events / wall.TotalSeconds : 0;
        var clock = progress.Elapsed < TimeSpan.Zero ? "warming up" : $"virtual {Duration.Clock(progress.Elapsed)}";
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{clock}  {progress.Blocks} blocks  {progress.Events:N0} events  ")
            + string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s");
        return Left(progress, wall) is { } left ? $"{text}  {Duration.Clock(left)} left" : text;
    }

    private static TimeSpan? Left(SimulationProgress progress, TimeSpan wall) =>
        progress.Share is > 0 and < 1 ? wall * ((1 - progress.Share) / progress.Share) : null;

    private sealed class BarDisplay(IAnsiConsole console, string name) : RunDisplay(console, name)
    {
        private const int BarWidth = 24;

        public override void Show(Action<IProgress<SimulationProgress>> work) => Console.Progress()
            .AutoClear(true)
            .Columns(
                new ProgressBarColumn { Width = BarWidth },
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask($"{Markup.Escape(Name)}  [grey]building the network[/]", maxValue: 1);
                var watch = new Stopwatch();
                work(new Listener(progress =>
                {
                    watch.Start();
                    task.Value = progress.Share;
                    var figures = Markup.Escape(Describe(progress, watch.Elapsed));
                    task.Description = $"{Markup.Escape(Name)}  [grey]{figures}[/]";
                }));
            });
    }

    private sealed class LineDisplay(IAnsiConsole console, string name) : RunDisplay(console, name)
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

        public override void Show(Action<IProgress<SimulationProgress>> work)
        {
            var watch = new Stopwatch();
            var due = Interval;
            work(new Listener(progress =>
            {
                watch.Start();
                if (watch.Elapsed >= due)
                {
                    due = watch.Elapsed + Interval;
                    var percent = (int)(100 * progress.Share);
                    Console.WriteLine($"{Name}  {percent} %  {Describe(progress, watch.Elapsed)}");
                }
            }));
        }
    }

    /// <summary>At once and on the same thread; the platform's Progress would post it to the pool.</summary>
    private sealed class Listener(Action<SimulationProgress> show) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => show(value);
    }
}
