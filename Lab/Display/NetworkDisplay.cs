using Blockchain.Experiments.Runs;
using Blockchain.Launching;
using Spectre.Console;

namespace Blockchain.Lab.Display;

/// <summary>
/// Shows a network while it comes up and while it runs. Both kinds say the same; how often, and whether a line is
/// painted over or followed by the next, depends on where the output goes.
/// </summary>
internal abstract class NetworkDisplay(IAnsiConsole console, LocalNetwork network, Func<TimeSpan> elapsed)
{
    protected IAnsiConsole Console => console;

    protected LocalNetwork Network => network;

    protected StatusLine Status { get; } = new();

    /// <summary>A terminal is painted; a pipe or file gets plain lines.</summary>
    public static NetworkDisplay For(IAnsiConsole console, LocalNetwork network, Func<TimeSpan> elapsed) =>
        console.Profile.Capabilities is { Ansi: true } && console.Profile.Out.IsTerminal
            ? new TerminalDisplay(console, network, elapsed)
            : new PlainDisplay(console, network, elapsed);

    /// <summary>Shows the peers until <paramref name="up"/> completes.</summary>
    public abstract Task ShowStartAsync(Task up);

    /// <summary>Shows the status until cancelled.</summary>
    public abstract Task ShowRunAsync(CancellationToken cancellation);

    /// <summary>Where something is that the network has beside its peers.</summary>
    public void SayPlace(string what, string where) =>
        console.MarkupLine($"[grey]{Markup.Escape(what),-12}[/] [steelblue1]{Markup.Escape(where)}[/]");

    public void SayAllUp()
    {
        var started = network.Nodes.Where(node => node.State != NodeState.Idle).ToArray();
        var up = started.Count(node => node.State == NodeState.Up);
        console.MarkupLine(
            up == started.Length
                ? $"[darkseagreen]all {up} peers up after {Duration.Seconds(elapsed())}[/][grey]; Ctrl-C stops them[/]"
                : $"[indianred1]{up} of {started.Length} peers up after {Duration.Seconds(elapsed())}[/]");
    }

    public void SayDied(LocalService service)
    {
        console.MarkupLine(
            $"[indianred1]{Markup.Escape(service.Title)} died with exit code {service.ExitCode}; "
                + "the other processes go on[/]");
        foreach (var line in service.LastWords)
        {
            console.MarkupLine($"[grey]  {Markup.Escape(line)}[/]");
        }

        if (service is LocalNode node && !network.Plan.Restarts)
        {
            console.MarkupLine(
                "start it again with the following line, or always by \"restart\": \"always\" in the file");
            console.MarkupLine($"[grey]  {Markup.Escape(node.Command)}[/]");
        }
    }

    public void SayRestarting(LocalNode node, TimeSpan pause) =>
        console.MarkupLine($"{Markup.Escape(node.Title)} starts again in {Duration.Seconds(pause)}");

    /// <summary>How the network was just before its end.</summary>
    public void SayEnd(NetworkSnapshot last)
    {
        var equal = last.OnCommonestTip == last.Honest
            ? $"the same on all {last.Honest} honest peers"
            : $"the same on {last.OnCommonestTip} of {last.Honest} honest peers";
        console.MarkupLine(
            last.Honest == 0
                ? $"stopped after {Duration.Clock(elapsed())}; no honest peer was up"
                : $"stopped after {Duration.Clock(elapsed())}; {last.MaxHeight} blocks in the chain, {equal}");
    }

    protected TimeSpan Elapsed() => elapsed();

    protected async Task<string> NextStatusAsync(CancellationToken cancellation)
    {
        var snapshot = await NetworkSnapshot.TakeAsync(network, cancellation);
        return Status.Next(elapsed(), snapshot);
    }
}
