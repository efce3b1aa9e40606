using Microsoft.AspNetCore.Connections;

namespace Blockchain.ServiceDefaults.Http;

/// <summary>
/// How many HTTP connections a service holds. A newcomer is never turned away: when all places are taken, the address
/// with most connections loses one, an idle one before one that is being answered, the oldest first. Who has shown a
/// secret of the service keeps its place.
/// </summary>
/// <remarks>Kestrel's own limit refuses the newcomer: the first callers could keep all others out.</remarks>
/// <param name="limit">In all.</param>
internal sealed class ConnectionBudget(int limit)
{
    public const int Usual = 256;

    private readonly Lock _gate = new();

    /// <summary>The oldest first.</summary>
    private readonly List<HttpConnection> _open = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    public async Task RunAsync(ConnectionContext transport, ConnectionDelegate next)
    {
        var connection = new HttpConnection(transport);
        transport.Features.Set(connection);
        Add(connection)?.Abort();
        try
        {
            await next(transport);
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(connection);
            }
        }
    }

    /// <returns>The one that has lost its place for it.</returns>
    internal HttpConnection? Add(HttpConnection newcomer)
    {
        lock (_gate)
        {
            var loser = _open.Count < limit ? null : Choose() ?? newcomer;
            if (loser is not null)
            {
                _open.Remove(loser);
            }

            if (loser != newcomer)
            {
                _open.Add(newcomer);
            }

            return loser;
        }
    }

    private HttpConnection? Choose()
    {
        var largest = _open.Where(connection => !connection.IsTrusted)
            .GroupBy(connection => connection.Caller)
            .MaxBy(caller => caller.Count());
        return largest?.FirstOrDefault(connection => connection.IsIdle) ?? largest?.First();
    }
}
