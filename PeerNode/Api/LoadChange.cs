using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Api;

/// <param name="PerSecond">Transactions.</param>
/// <param name="Time">Zero: until told otherwise.</param>
internal readonly record struct LoadChange(double PerSecond, TimeSpan Time)
{
    /// <returns>What is wrong, in one line; null: nothing.</returns>
    public static string? TryRead(string? tx, string? time, out LoadChange change)
    {
        change = default;
        if (!double.TryParse(tx, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var perSecond)
            || perSecond is not (>= 0 and <= Peer.MaxLoad))
        {
            return $"tx must be a number of transactions a second from 0 to {Peer.MaxLoad}";
        }

        var duration = TimeSpan.Zero;
        if (time is not null
            && !(Durations.TryParse(time, out duration) && duration > TimeSpan.Zero && duration <= Durations.Longest))
        {
            return $"for must be a duration such as 30s or 5min, up to {Durations.Format(Durations.Longest)}";
        }

        change = new LoadChange(perSecond, duration);
        return null;
    }
}
