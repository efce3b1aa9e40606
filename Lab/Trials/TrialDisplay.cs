using System.Globalization;
using Blockchain.Trials;
using Blockchain.Trials.Reports;
using Blockchain.Trials.Running;
using Spectre.Console;

namespace Blockchain.Lab.Trials;

/// <summary>Shows how a scenario goes on: a line for each step, on a terminal also what it waits for.</summary>
internal sealed class TrialDisplay : ITrialListener
{
    private readonly IAnsiConsole _console;
    private readonly bool _isLive;
    private StatusContext? _status;

    public TrialDisplay(IAnsiConsole console, Scenario scenario, string host)
    {
        _console = console;
        _isLive = console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;
        console.MarkupLineInterpolated($"[bold]{scenario.Name}[/] on {host}, seed {scenario.Seed}: {scenario.About}");
    }

    public T Show<T>(Func<ITrialListener, T> run) => ShowAsync(listener => Task.FromResult(run(listener)))
        .GetAwaiter().GetResult();

    public async Task<T> ShowAsync<T>(Func<ITrialListener, Task<T>> run)
    {
        if (!_isLive)
        {
            return await run(this);
        }

        return await _console.Status().StartAsync("starting the network", async status =>
        {
            _status = status;
            return await run(this);
        });
    }

    void ITrialListener.Began(Step step, TimeSpan now) => Set(now, step.ToString());

    void ITrialListener.Waiting(Step step, TimeSpan now, string detail) => Set(now, $"{step}: {detail}");

    void ITrialListener.Ended(StepResult result)
    {
        var colour = result.Judgement.Verdict switch
        {
            Verdict.Held => "default",
            Verdict.DidNotHold => "red",
            _ => "yellow",
        };
        _console.MarkupLineInterpolated($"[{colour}]  {TrialText.Line(result)}[/]");
    }

    private void Set(TimeSpan now, string text)
    {
        if (_status is { } status)
        {
            var width = Math.Max(20, _console.Profile.Width - 14);
            text = text.Length > width ? text[..width] : text;
            status.Status(Markup.Escape(
                string.Create(CultureInfo.InvariantCulture, $"{now.TotalSeconds,7:0.0} s  {text}")));
        }
    }
}
