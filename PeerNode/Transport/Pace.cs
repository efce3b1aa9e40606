using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// How fast bytes are read: one longest line at once, and in the long run as many as the inbound limit has messages of
/// 64 kB. What comes faster is left in the network, where it costs this node nothing.
/// </summary>
internal sealed class Pace(RateLimit limit)
{
    private const double BytesPerMessage = 64 * 1024;
    private const double Burst = WireLimits.LineBytes;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>When all that was read until now would be paid for.</summary>
    private TimeSpan _paid;

    /// <returns>How long to wait before the next is read.</returns>
    public TimeSpan Charge(TimeSpan now, long bytes)
    {
        if (!limit.IsLimited)
        {
            return TimeSpan.Zero;
        }

        var perSecond = limit.Messages * BytesPerMessage / limit.Window.TotalSeconds;
        _paid = (_paid > now ? _paid : now) + TimeSpan.FromSeconds(bytes / perSecond);
        var wait = _paid - now - TimeSpan.FromSeconds(Burst / perSecond);
        return wait < LongestWait ? wait : LongestWait;
    }
}
