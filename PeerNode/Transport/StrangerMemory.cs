namespace Blockchain.PeerNode.Transport;

/// <summary>
/// What strangers may have us keep in half-sent lines, all together. Without it a few hundred connections that each
/// stop
/// just short of the longest line would hold gigabytes.
/// </summary>
internal sealed class StrangerMemory
{
    public const long MaxBytes = 32 * 1024 * 1024;

    private long _held;

    /// <param name="more">Bytes; negative when some are given back.</param>
    /// <returns>False if it is too much now; the bytes count nevertheless until they are given back.</returns>
    public bool TryHold(long more) => more == 0 || Interlocked.Add(ref _held, more) <= MaxBytes || more < 0;
}
