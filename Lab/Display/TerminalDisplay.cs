using Blockchain.Launching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Blockchain.Lab.Display;

/// <summary>A table that fills as the peers come up, then one line that is painted over each second.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console, LocalNetwork network, Func<TimeSpan> elapsed)
    : NetworkDisplay(console, network, elapsed)
{
    // Frame, header and the lines below the table.
    private const int LinesAroundPeers = 8;

    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    private int _frame;

    public override async Task ShowStartAsync(Task up)
    {
        // What is taller than the screen cannot be painted over.
        var fits = Network.Nodes.Count + LinesAroundPeers <= Console.Profile.Height;
        if (!fits)
        {
            Console.Write(PeerTable.Build(Network, state: null));
        }

        await Console.Live(Paint(fits)).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(FrameInterval);
            while (!up.IsCompleted)
            {
                await Task.WhenAny(up, timer.WaitForNextTickAsync().AsTask());
                _frame++;
                live.UpdateTarget(Paint(fits));
            }

            // What came up between the last frame and the end.
            live.UpdateTarget(Paint(fits));
        });
        await up;
    }

    public override Task ShowRunAsync(CancellationToken cancellation) =>
        Console.Live(new Markup("")).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(StatusInterval);
            do
            {
                live.UpdateTarget(new Markup(await NextStatusAsync(cancellation)));
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        });

    private IRenderable Paint(bool table)
    {
        if (table)
        {
            return PeerTable.Build(Network, State);
        }

        var started = Network.Nodes.Where(node => node.State != NodeState.Idle).ToArray();
        return new Markup($"{Spin()} {started.Count(node => node.State == NodeState.Up)} of {started.Length} peers up");
    }

    private string State(LocalNode node) =>
        node.State == NodeState.Starting ? $"{Spin()} [grey]starting[/]" : PeerTable.State(node);

    private string Spin()
    {
        var frames = Spinner.Known.Dots.Frames;
        return $"[steelblue1]{frames[_frame % frames.Count]}[/]";
    }
}
