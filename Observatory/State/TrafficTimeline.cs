using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>Counts over time, for the whole network.</summary>
internal sealed class TrafficTimeline(int limit)
{
    private static readonly int Types = Enum.GetValues<MessageType>().Length;
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly SortedDictionary<long, Counts> _buckets = [];

    public ImmutableArray<TrafficBucket> Snapshot()
    {
        if (_buckets.Count == 0)
        {
            return [];
        }

        var first = _buckets.Keys.First();
        var last = _buckets.Keys.Last();
        var buckets = new TrafficBucket[last - first + 1];
        for (var index = first; index <= last; index++)
        {
            buckets[index - first] = _buckets.TryGetValue(index, out var counts)
                ? counts.Snapshot ??= counts.ToBucket(index)
                : new Counts().ToBucket(index);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(buckets);
    }

    public void Apply(PeerEvent happened)
    {
        if (happened is not (MessagesReceived or MessagesRedundant or MessagesDropped or MessagesRelayed or BlockMade
                or TransactionMade)
            || At(happened.Time) is not { } counts)
        {
            return;
        }

        counts.Snapshot = null;
        switch (happened)
        {
            case MessagesReceived received:
                counts.Received[(int)received.Type] += received.Count;
                break;
            case MessagesRedundant redundant:
                counts.Redundant[(int)redundant.Type] += redundant.Count;
                break;
            case MessagesDropped dropped:
                counts.Dropped[(int)dropped.Reason] += dropped.Count;
                break;
            case MessagesRelayed relayed:
                counts.Relayed += relayed.Count;
                break;
            case BlockMade:
                counts.Blocks++;
                break;
            case TransactionMade:
                counts.Transactions++;
                break;
        }
    }

    /// <returns>Null for a time before all that are kept.</returns>
    private Counts? At(TimeSpan time)
    {
        var index = time.Ticks / TrafficBucket.Width.Ticks;
        if (_buckets.TryGetValue(index, out var counts))
        {
            return counts;
        }

        if (_buckets.Count > 0 && index <= _buckets.Keys.Last() - limit)
        {
            return null;
        }

        _buckets.Add(index, counts = new Counts());
        while (_buckets.Keys.First() <= _buckets.Keys.Last() - limit)
        {
            _buckets.Remove(_buckets.Keys.First());
        }

        return counts;
    }

    private sealed class Counts
    {
        public long[] Received { get; } = new long[Types];

        public long[] Redundant { get; } = new long[Types];

        public long[] Dropped { get; } = new long[Reasons];

        public long Relayed { get; set; }

        public int Blocks { get; set; }

        public int Transactions { get; set; }

        public TrafficBucket? Snapshot { get; set; }

        public TrafficBucket ToBucket(long index) => new(
            TrafficBucket.Width * index, [.. Received], [.. Redundant], [.. Dropped], Relayed, Blocks, Transactions);
    }
}
