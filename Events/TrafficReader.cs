using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>
/// Tells the messages of a peer as events: how many of a kind there were since it was last asked, or since it began.
/// </summary>
public sealed class TrafficReader
{
    /// <summary>How often traffic is usually told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly MessageType[] Types = Enum.GetValues<MessageType>();

    private readonly PeerId _peer;
    private readonly PeerCounters _counters;
    private readonly Dictionary<MessageType, long> _received = [];
    private readonly Dictionary<MessageType, long> _redundant = [];
    private readonly Dictionary<(MessageType, DropReason), long> _dropped = [];
    private readonly Dictionary<(PeerId, PeerId), long> _relayed = [];

    public TrafficReader(PeerId peer, PeerCounters counters)
    {
        (_peer, _counters) = (peer, counters);
        Skip();
    }

    /// <summary>What has been counted so far is not told any more.</summary>
    public void Skip()
    {
        foreach (var _ in Take(default))
        {
            // Taking it is all that there is to do.
        }
    }

    /// <summary>What is new. Not to be called while the peer is at work.</summary>
    public IEnumerable<PeerEvent> Take(TimeSpan now)
    {
        foreach (var type in Types)
        {
            if (New(_received, type, _counters.Received(type)) is > 0 and var received)
            {
                yield return new MessagesReceived(now, _peer, type, received);
            }

            if (New(_redundant, type, _counters.Redundant(type)) is > 0 and var redundant)
            {
                yield return new MessagesRedundant(now, _peer, type, redundant);
            }
        }

        foreach (var (type, reason, count) in _counters.Drops())
        {
            if (New(_dropped, (type, reason), count) is > 0 and var dropped)
            {
                yield return new MessagesDropped(now, _peer, type, reason, dropped);
            }
        }

        foreach (var (pair, count) in _counters.RelayedBy)
        {
            if (New(_relayed, pair, count) is > 0 and var relayed)
            {
                yield return new MessagesRelayed(now, _peer, pair.Origin, pair.Target, relayed);
            }
        }
    }

    private static long New<TKey>(Dictionary<TKey, long> told, TKey key, long count)
        where TKey : notnull
    {
        var before = told.GetValueOrDefault(key);
        told[key] = count;
        return count - before;
    }
}
