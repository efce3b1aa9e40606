using System.Numerics;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Receiving;

/// <summary>
/// Remembers messages in order to recognise their duplicates, and forgets them in the order in which they came: after
/// a time, or when there are too many.
/// </summary>
/// <remarks>
/// The entries are a ring in their order of arrival, chained by hash: since the oldest of all is the last of its chain,
/// nothing but the ring is needed in order to forget.
/// </remarks>
internal sealed class SeenCache(TimeSpan seenFor, int limit, SaltedIds ids)
{
    private const int SmallestSize = 16;

    private Entry[] _ring = [];

    // Numbers of entries, counted from one; an entry stands at its number modulo the size.
    private int[] _newest = [];
    private int _oldest = 1;
    private int _next = 1;

    public int Count => _next - _oldest;

    /// <returns>False if it is remembered already.</returns>
    public bool Add(MessageId id, TimeSpan now)
    {
        while (Count > 0 && now - _ring[_oldest & (_ring.Length - 1)].SeenAt >= seenFor)
        {
            _oldest++;
        }

        if (Count == _ring.Length)
        {
            Grow();
        }

        var mask = _ring.Length - 1;
        ref var newest = ref _newest[ids.GetHashCode(id) & mask];
        for (var number = newest; number >= _oldest; number = _ring[number & mask].Before)
        {
            if (_ring[number & mask].Id == id)
            {
                return false;
            }
        }

        _ring[_next & mask] = new Entry(id, now, newest);
        newest = _next++;
        if (Count > limit)
        {
            _oldest++;
        }

        if (_next == int.MaxValue)
        {
            Rebuild(_ring.Length);
        }

        return true;
    }

    private void Grow() =>
        Rebuild((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(SmallestSize, _ring.Length + 1)));

    private void Rebuild(int size)
    {
        var (old, from, to) = (_ring, _oldest, _next);
        _ring = new Entry[size];
        _newest = new int[size];
        (_oldest, _next) = (1, 1);
        for (var number = from; number < to; number++)
        {
            var entry = old[number & (old.Length - 1)];
            ref var newest = ref _newest[ids.GetHashCode(entry.Id) & (size - 1)];
            _ring[_next & (size - 1)] = entry with { Before = newest };
            newest = _next++;
        }
    }

    /// <param name="Before">The number of the entry before it in its chain; zero, or of one that is forgotten: it is
    /// the last.</param>
    private readonly record struct Entry(MessageId Id, TimeSpan SeenAt, int Before);
}
