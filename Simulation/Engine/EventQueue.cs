using System.Numerics;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Everything that will happen, in the order of (time, sequence). A calendar queue (Brown, "Calendar queues: a fast
/// O(1) priority queue implementation for the simulation event set problem", 1988): the bucket at hand, sorted, beside
/// a
/// heap of what was added to it since; a ring of buckets for the next seconds; a heap of what is further away.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>
    /// A bucket spans 2^13 ticks, 0.8 ms: in a large network some hundred events, few enough for the cache.
    /// </summary>
    private const int BucketBits = 13;

    /// <summary>Together 3.4 s: most messages take less.</summary>
    private const int Buckets = 4_096;

    private readonly PriorityQueue<int, Key> _added = new();
    private readonly PriorityQueue<int, Key> _far = new();
    private readonly Bucket[] _buckets = new Bucket[Buckets];
    private readonly ulong[] _occupied = new ulong[Buckets / 64];
    private readonly Stack<int> _free = new();
    private SimulationEvent[] _slots = new SimulationEvent[1_024];

    /// <summary>The bucket at hand: time since its start in the upper half, slot in the lower.</summary>
    private ulong[] _sorted = new ulong[1_024];
    private int _sortedNext;
    private int _sortedEnd;
    private int _used;
    private int _inRing;
    private long _sequence;

    /// <summary>Number of the bucket at hand; what comes before its end goes into the heap.</summary>
    private long _current = -1;

    public int Count { get; private set; }

    /// <summary>Ticks; <see cref="long.MaxValue"/> when there is nothing.</summary>
    public long NextTime
    {
        get
        {
            if (!TryFill())
            {
                return long.MaxValue;
            }

            var sorted = _sortedNext < _sortedEnd ? TimeOf(_sorted[_sortedNext]) : long.MaxValue;
            return _added.TryPeek(out _, out var added) && added.Time < sorted ? added.Time : sorted;
        }
    }

    public void Add(long time, in SimulationEvent value)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, 2 * slot);
            }
        }

        _slots[slot] = value;
        Count++;
        Place(slot, new Key(time, _sequence++));
    }

    /// <summary>Takes the first event. There must be one.</summary>
    public SimulationEvent Take(out long time)
    {
        TryFill();
        var slot = TakeSlot(out time);
        var value = _slots[slot];
        _slots[slot] = default;
        _free.Push(slot);
        Count--;
        return value;
    }

    /// <summary>How many events are known to come after each other, if nothing comes between.</summary>
    public int Ahead => _sortedEnd - _sortedNext;

    /// <summary>Whether all of them came to be known with the last one taken.</summary>
    public bool IsAtStart => _sortedNext <= 1;

    /// <summary>One of those that lie <see cref="Ahead"/>.</summary>
    public ref readonly SimulationEvent Peek(int ahead) => ref _slots[(int)(uint)_sorted[_sortedNext + ahead]];

    private int TakeSlot(out long time)
    {
        if (_sortedNext < _sortedEnd)
        {
            // What was added since comes later at the same time.
            time = TimeOf(_sorted[_sortedNext]);
            if (!(_added.TryPeek(out _, out var added) && added.Time < time))
            {
                return (int)(uint)_sorted[_sortedNext++];
            }
        }

        _added.TryDequeue(out var slot, out var key);
        time = key.Time;
        return slot;
    }

    private long TimeOf(ulong sorted) => (_current << BucketBits) + (long)(sorted >> 32);

    private void Place(int slot, Key key)
    {
        var number = key.Time >> BucketBits;
        if (number <= _current)
        {
            _added.Enqueue(slot, key);
        }
        else if (number < _current + Buckets)
        {
            var index = (int)(number & (Buckets - 1));
            var offset = (ulong)(key.Time & ((1 << BucketBits) - 1));
            _buckets[index].Add((offset << 32) | (uint)slot);
            _occupied[index >> 6] |= 1UL << index;
            _inRing++;
        }
        else
        {
            _far.Enqueue(slot, key);
        }
    }

    private bool TryFill()
    {
        while (_sortedNext == _sortedEnd && _added.Count == 0)
        {
            if (_inRing > 0)
            {
                _current += DistanceToNextBucket();
                SortBucket((int)(_current & (Buckets - 1)));
            }
            else if (_far.TryPeek(out _, out var first))
            {
                _current = first.Time >> BucketBits;
            }
            else
            {
                return false;
            }

            while (_far.TryPeek(out var slot, out var key) && key.Time >> BucketBits < _current + Buckets)
            {
                _far.Dequeue();
                Place(slot, key);
            }
        }

        return true;
    }

    private int DistanceToNextBucket()
    {
        var from = (int)((_current + 1) & (Buckets - 1));
        var word = from >> 6;
        var bits = _occupied[word] & (ulong.MaxValue << from);
        while (bits == 0)
        {
            word = (word + 1) & (_occupied.Length - 1);
            bits = _occupied[word];
        }

        var index = (word << 6) + BitOperations.TrailingZeroCount(bits);
        return ((index - from) & (Buckets - 1)) + 1;
    }

    // A bucket is in the order of the sequence, which its sorting by time keeps: by the place, for want of a stable
    // sort.
    private void SortBucket(int index)
    {
        ref var bucket = ref _buckets[index];
        var entries = bucket.Entries;
        if (_sorted.Length < entries.Length)
        {
            _sorted = new ulong[entries.Length];
        }

        var sorted = _sorted.AsSpan(0, entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            sorted[i] = (entries[i] & 0xFFFF_FFFF_0000_0000) | (uint)i;
        }

        sorted.Sort();
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = entries[(int)(uint)sorted[i]];
        }

        _sortedNext = 0;
        _sortedEnd = sorted.Length;
        _inRing -= sorted.Length;
        bucket.Clear();
        _occupied[index >> 6] &= ~(1UL << index);
    }

    private readonly record struct Key(long Time, long Sequence) : IComparable<Key>
    {
        public int CompareTo(Key other) =>
            Time != other.Time ? (Time < other.Time ? -1 : 1) : Sequence.CompareTo(other.Sequence);
    }

    /// <summary>What happens in its span: time since its start in the upper half, slot in the lower.</summary>
    private struct Bucket
    {
        private ulong[]? _entries;
        private int _count;

        public readonly ReadOnlySpan<ulong> Entries => _entries.AsSpan(0, _count);

        public void Add(ulong entry)
        {
            if (_entries is null || _count == _entries.Length)
            {
                Array.Resize(ref _entries, Math.Max(16, 2 * _count));
            }

            _entries[_count++] = entry;
        }

        public void Clear() => _count = 0;
    }
}
