using System.Diagnostics;

namespace Blockchain.PeerNode;

/// <summary>
/// Time since the Unix epoch, which never goes back, whatever is done to the machine's clock meanwhile.
/// </summary>
internal sealed class LoopClock
{
    private readonly TimeSpan _epoch = DateTime.UtcNow - DateTime.UnixEpoch;
    private readonly long _started = Stopwatch.GetTimestamp();

    public TimeSpan StartedAt => _epoch;

    public TimeSpan Now => _epoch + Stopwatch.GetElapsedTime(_started);
}
