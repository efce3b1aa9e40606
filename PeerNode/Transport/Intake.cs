using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// What all others together may have this node read, and keep in lines that are not complete. Who takes most of it loses
/// first: of a neighbour that stands in <c>peers.json</c> nobody else can use up the part; all others share one, since
/// anybody can have many names and addresses.
/// </summary>
internal sealed class Intake(NodeOptions options, TimeProvider time) : IDisposable
{
    /// <summary>In incomplete lines. A few hundred connections could otherwise hold gigabytes.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>What is read from a connection before it is looked at.</summary>
    public const int ReadBytes = 32 * 1024;

    /// <summary>More than is read at a time, so that only a line that is longer makes a buffer so long.</summary>
    public const long Long = 2 * ReadBytes;

    /// <summary>What somebody says who has little to say.</summary>
    private const long Little = 4_096;

    /// <summary>
    /// Long lines at work at a time, of planned peers and of others: a line takes several times its length while it is
    /// read, checked and handled.
    /// </summary>
    private const int PlannedTurns = 2;
    private const int OtherTurns = 1;

    private readonly SemaphoreSlim _plannedTurns = new(PlannedTurns);
    private readonly SemaphoreSlim _otherTurns = new(OtherTurns);
    private readonly LinkedList<IntakeShare> _holders = new();
    private readonly Dictionary<PeerId, Pace> _paces = [];
    private readonly Pace _others = new(options.Plan.Settings.InboundLimit);
    private long _held;

    public IntakeShare Open(PeerConnection connection) => new(this, connection);

    /// <summary>Whether this peer's part is its own.</summary>
    public bool IsPlanned(PeerId peer) => options.Network.TryGet(peer, out _);

    /// <summary>Waits until a long line of this peer may be read and checked.</summary>
    /// <returns>To be released when it is handled.</returns>
    public async ValueTask<SemaphoreSlim> TakeTurnAsync(PeerId peer, CancellationToken closed)
    {
        var turns = IsPlanned(peer) ? _plannedTurns : _otherTurns;
        await turns.WaitAsync(closed);
        return turns;
    }

    /// <summary>How long to wait after so much was read on a connection.</summary>
    public TimeSpan Charge(IntakeShare share, long bytes)
    {
        var now = time.GetElapsedTime(0);
        var peer = share.Connection.Peer;
        lock (_paces)
        {
            var wait = share.Pace.Charge(now, bytes);
            if (!IsPlanned(peer))
            {
                // Who says little is always heard, or a flood of some would silence the others.
                return bytes > Little ? Longer(wait, _others.Charge(now, bytes)) : wait;
            }

            if (!_paces.TryGetValue(peer, out var pace))
            {
                _paces.Add(peer, pace = NewPace());
            }

            return Longer(wait, pace.Charge(now, bytes));
        }
    }

    public Pace NewPace() => new(options.Plan.Settings.InboundLimit);

    /// <summary>Notes how much a connection holds now. If all hold too much, some lose theirs.</summary>
    public void Hold(IntakeShare share, long bytes)
    {
        List<PeerConnection>? losers = null;
        lock (_holders)
        {
            SetHeld(share, bytes);
            while (_held > MaxBytes)
            {
                var loser = FindLoser();
                SetHeld(loser, 0);
                (losers ??= []).Add(loser.Connection);
            }
        }

        losers?.ForEach(connection => connection.Abort());
    }

    public void Dispose()
    {
        _plannedTurns.Dispose();
        _otherTurns.Dispose();
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void SetHeld(IntakeShare share, long bytes)
    {
        _held += bytes - share.Held;
        share.Held = bytes;
        if (bytes == 0)
        {
            if (share.Entry is { } entry)
            {
                _holders.Remove(entry);
                share.Entry = null;
            }
        }
        else
        {
            share.Entry ??= _holders.AddLast(share);
        }
    }

    /// <summary>Of the peer that holds most, what has been incomplete for longest.</summary>
    private IntakeShare FindLoser()
    {
        PeerId? Owner(IntakeShare share) =>
            IsPlanned(share.Connection.Peer) ? share.Connection.Peer : null;

        return _holders.GroupBy(Owner).MaxBy(group => group.Sum(share => share.Held))!.First();
    }
}
