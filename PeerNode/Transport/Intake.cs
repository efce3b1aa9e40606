using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// How much of what others send this node reads, and how much of it at a time. A planned peer has a part that nobody
/// else can use up; all others share one, since anybody can have many names and addresses.
/// </summary>
internal sealed class Intake(NodeOptions options, TimeProvider time) : IDisposable
{
    /// <summary>What is taken from a connection before it is looked at.</summary>
    public const int ReadBytes = 32 * 1024;

    /// <summary>More than is read at a time, so that only a line that is longer makes a buffer so long.</summary>
    public const long Long = 2 * ReadBytes;

    /// <summary>What somebody sends at a time who has little to say.</summary>
    private const long Little = 4 * 1024;

    /// <summary>
    /// Long lines at work at a time, of planned peers and of others: a line takes several times its length while it is
    /// checked.
    /// </summary>
    private const int PlannedTurns = 2;
    private const int OtherTurns = 1;

    private readonly SemaphoreSlim _plannedTurns = new(PlannedTurns);
    private readonly SemaphoreSlim _otherTurns = new(OtherTurns);
    private readonly Dictionary<PeerId, Pace> _planned = [];
    private readonly Pace _others = new(options.Plan.Settings.InboundLimit);

    /// <summary>Waits until a long line of this peer may be checked.</summary>
    /// <returns>To be released after that.</returns>
    public async ValueTask<SemaphoreSlim> TakeTurnAsync(PeerId peer, CancellationToken closed)
    {
        var turns = IsPlanned(peer) ? _plannedTurns : _otherTurns;
        await turns.WaitAsync(closed);
        return turns;
    }

    /// <summary>Waits as long as it takes until this connection may be read on.</summary>
    /// <param name="own">The connection's own pace.</param>
    /// <param name="bytes">So much was read.</param>
    public Task PaceAsync(PeerId peer, Pace own, long bytes, CancellationToken closed)
    {
        var now = time.GetElapsedTime(0);
        TimeSpan wait;
        lock (_planned)
        {
            wait = own.Charge(now, bytes);

            // Short messages are always read, or a flood of some strangers would silence the others.
            if (PaceOf(peer, bytes) is { } shared && shared.Charge(now, bytes) is var longer && longer > wait)
            {
                wait = longer;
            }
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, closed) : Task.CompletedTask;
    }

    public Pace NewPace() => new(options.Plan.Settings.InboundLimit);

    public void Dispose()
    {
        _plannedTurns.Dispose();
        _otherTurns.Dispose();
    }

    private Pace? PaceOf(PeerId peer, long bytes)
    {
        if (!IsPlanned(peer))
        {
            return bytes > Little ? _others : null;
        }

        if (!_planned.TryGetValue(peer, out var pace))
        {
            _planned.Add(peer, pace = NewPace());
        }

        return pace;
    }

    private bool IsPlanned(PeerId peer) => options.Network.TryGet(peer, out _);
}
