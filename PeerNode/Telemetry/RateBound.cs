namespace Blockchain.PeerNode.Telemetry;

/// <summary>So many per second, and no more: what keeps a load of gossip from becoming a load of telemetry.</summary>
internal struct RateBound(int perSecond)
{
    private long _second;
    private int _left;

    public bool TryTake(TimeSpan now)
    {
        var second = now.Ticks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            _second = second;
            _left = perSecond;
        }

        if (_left <= 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
