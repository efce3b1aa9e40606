namespace Blockchain.PeerNode.Telemetry;

/// <summary>The bytes of all connections with other peers; counted per read and flush, by any thread.</summary>
internal sealed class Traffic
{
    private long _sent;
    private long _received;

    public long Sent => Volatile.Read(ref _sent);

    public long Received => Volatile.Read(ref _received);

    public void CountSent(long bytes) => Interlocked.Add(ref _sent, bytes);

    public void CountReceived(long bytes) => Interlocked.Add(ref _received, bytes);
}
