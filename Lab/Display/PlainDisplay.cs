using Blockchain.Launching;
using Spectre.Console;

namespace Blockchain.Lab.Display;

/// <summary>Lines one after the other, without colours and movements of the cursor, for logs and pipes.</summary>
internal sealed class PlainDisplay : NetworkDisplay
{
    private const int Wide = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public PlainDisplay(IAnsiConsole console, LocalNetwork network, Func<TimeSpan> elapsed)
        : base(console, network, elapsed)
    {
        // A pipe has no width; 80 would break lines that are to be one.
        console.Profile.Width = Wide;
    }

    public override async Task ShowStartAsync(Task up)
    {
        Console.Write(PeerTable.Build(Network, state: null));
        await up;
    }

    public override async Task ShowRunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            Console.MarkupLine(await NextStatusAsync(cancellation));
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}
