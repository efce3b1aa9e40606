namespace Blockchain.Shared.Receiving;

/// <summary>
/// The inbound limit of addresses that are no known peer, one bucket for each address. Bounded: when there are too
/// many, those that are full again go first, since a new bucket would be as full.
/// </summary>
internal sealed class StrangerLimits(RateLimit limit)
{
    private const int MaxStrangers = 1024;

    private readonly Dictionary<PeerId, TokenBucket> _buckets = [];

    public bool TryAccept(TimeSpan now, PeerId stranger)
    {
        if (!limit.IsLimited)
        {
            return true;
        }

        if (!_buckets.TryGetValue(stranger, out var bucket))
        {
            if (_buckets.Count >= MaxStrangers && !TryMakeRoom(now))
            {
                return false;
            }

            bucket = new TokenBucket(limit, now);
        }

        var accepted = bucket.TryTake(now);
        _buckets[stranger] = bucket;
        return accepted;
    }

    private bool TryMakeRoom(TimeSpan now)
    {
        foreach (var (stranger, bucket) in _buckets)
        {
            if (bucket.IsFull(now))
            {
                // Removing while enumerating is allowed for this collection.
                _buckets.Remove(stranger);
            }
        }

        return _buckets.Count < MaxStrangers;
    }
}
