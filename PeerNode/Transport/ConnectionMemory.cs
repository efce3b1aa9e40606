namespace Blockchain.PeerNode.Transport;

/// <summary>
/// What all connections together may have us keep: lines that they have begun and not finished, and what they do not
/// take. Without it a few hundred connections that each stop just short of the longest line, or ask for long blocks and
/// read none, would hold gigabytes. When it is too much, the address that holds most loses the connection that holds
/// most.
/// </summary>
internal sealed class ConnectionMemory
{
    public const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>So little is not counted, since most connections hold some for a moment.</summary>
    private const long Ignored = 4 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(PeerConnection Connection, bool IsOutgoing), long> _held = [];
    private long _total;

    /// <summary>Says how much a connection holds now, and ends connections if all hold too much.</summary>
    /// <param name="before">What was said before.</param>
    /// <returns>What is to be given as <paramref name="before"/> the next time.</returns>
    public long Hold(PeerConnection connection, bool isOutgoing, long before, long bytes)
    {
        var counted = bytes > Ignored ? bytes : 0;
        if (counted == before)
        {
            return before;
        }

        List<PeerConnection>? losers = null;
        lock (_lock)
        {
            Set((connection, isOutgoing), counted);
            while (_total > MaxBytes)
            {
                var loser = Largest();
                Set((loser, true), 0);
                Set((loser, false), 0);
                (losers ??= []).Add(loser);
            }
        }

        losers?.ForEach(loser => loser.Abort());
        return counted;
    }

    private void Set((PeerConnection Connection, bool IsOutgoing) holder, long bytes)
    {
        _held.Remove(holder, out var before);
        _total += bytes - before;
        if (bytes > 0)
        {
            _held[holder] = bytes;
        }
    }

    private PeerConnection Largest() => _held
        .GroupBy(held => held.Key.Connection.RemoteIp)
        .MaxBy(address => address.Sum(held => held.Value))!
        .MaxBy(held => held.Value).Key.Connection;
}
