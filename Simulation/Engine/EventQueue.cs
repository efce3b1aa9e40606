using System.Numerics;
using Blockchain.Shared.Messages;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Everything that will happen, in the order of (time, sequence). A calendar queue (Brown, "Calendar queues: a fast
/// O(1) priority queue implementation for the simulation event set problem", 1988): the bucket at hand, sorted, beside a
/// heap of what was added to it since; a ring of buckets for the next seconds; a heap of what is further away.
/// </summary>
internal sealed class EventQueue
{
    /// <summary>A bucket spans 2^13 ticks, 0.8 ms: in a large network some hundred events, few enough for the cache.</summary>
    private const int BucketBits = 13;

    /// <summary>Together 3.4 s: most messages take less.</summary>
    private const int Buckets = 4_096;

    private const int None = -1;

    private readonly PriorityQueue<int, Key> _added = new();
    private readonly PriorityQueue<int, Key> _far = new();
    private readonly int[] _first = new int[Buckets];
    private readonly ulong[] _occupied = new ulong[Buckets / 64];
    private Slot[] _slots = new Slot[1_024];
    private Key[] _sorted = new Key[1_024];
    private int _sortedNext;
    private int _sortedEnd;
    private int _used;
    private int _free = None;
    private int _inRing;
    private long _sequence;

    /// <summary>Number of the bucket at hand; what comes before its end goes into the heap.</summary>
    private long _current = -1;

    public EventQueue() => Array.Fill(_first, None);

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

            var sorted = _sortedNext < _sortedEnd ? _sorted[_sortedNext].Time : long.MaxValue;
            return _added.TryPeek(out _, out var added) && added.Time < sorted ? added.Time : sorted;
        }
    }

    public void Add(long time, in SimulationEvent value)
    {
        var slot = _free;
        if (slot != None)
        {
            _free = _slots[slot].Next;
        }
        else
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, 2 * slot);
            }
        }

        _slots[slot].Key = new Key(time, _sequence++, slot);
        _slots[slot].Event = value;
        Count++;
        Place(slot);
    }

    /// <summary>Takes the first event. There must be one.</summary>
    public SimulationEvent Take(out long time)
    {
        TryFill();
        var key = TakeKey();
        time = key.Time;
        ref var place = ref _slots[key.Slot];
        var value = place.Event;
        place.Event = default;
        place.Next = _free;
        _free = key.Slot;
        Count--;
        return value;
    }

    /// <summary>The link of a message that will be delivered soon, and the message; zero: none is known.</summary>
    /// <param name="ahead">So many events later, if nothing comes between.</param>
    public int PeekDelivery(int ahead, out Message? message)
    {
        var at = _sortedNext + ahead;
        message = null;
        if (at >= _sortedEnd)
        {
            return 0;
        }

        ref readonly var value = ref _slots[_sorted[at].Slot].Event;
        message = value.Transmission.Message;
        return value.Kind == EventKind.Deliver ? value.Number : 0;
    }

    private Key TakeKey()
    {
        if (_sortedNext < _sortedEnd
            && !(_added.TryPeek(out _, out var added) && added.CompareTo(_sorted[_sortedNext]) < 0))
        {
            return _sorted[_sortedNext++];
        }

        _added.TryDequeue(out _, out var key);
        return key;
    }

    private void Place(int slot)
    {
        ref var place = ref _slots[slot];
        var bucket = place.Key.Time >> BucketBits;
        if (bucket <= _current)
        {
            _added.Enqueue(slot, place.Key);
        }
        else if (bucket < _current + Buckets)
        {
            var index = (int)(bucket & (Buckets - 1));
            place.Next = _first[index];
            _first[index] = slot;
            _occupied[index >> 6] |= 1UL << index;
            _inRing++;
        }
        else
        {
            _far.Enqueue(slot, place.Key);
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
                Place(slot);
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

    private void SortBucket(int index)
    {
        _sortedNext = 0;
        _sortedEnd = 0;
        for (var slot = _first[index]; slot != None; slot = _slots[slot].Next)
        {
            if (_sortedEnd == _sorted.Length)
            {
                Array.Resize(ref _sorted, 2 * _sortedEnd);
            }

            _sorted[_sortedEnd++] = _slots[slot].Key;
        }

        _sorted.AsSpan(0, _sortedEnd).Sort();
        _inRing -= _sortedEnd;
        _first[index] = None;
        _occupied[index >> 6] &= ~(1UL << index);
    }

    private readonly struct Key(long time, long sequence, int slot) : IComparable<Key>
    {
        private readonly long _sequence = sequence;

        public long Time { get; } = time;

        public int Slot { get; } = slot;

        public int CompareTo(Key other) =>
            Time != other.Time ? (Time < other.Time ? -1 : 1) : _sequence.CompareTo(other._sequence);
    }

    private struct Slot
    {
        public Key Key;
        public SimulationEvent Event;

        /// <summary>The next one of the bucket, or of the free slots.</summary>
        public int Next;
    }
}
