using System.Diagnostics.CodeAnalysis;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>Remembers the last so many entries; the one that was added first makes room.</summary>
internal sealed class RecentMap<TKey, TValue>(int limit)
    where TKey : notnull
{
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = new();

    public int Count => _values.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);

    public bool TryAdd(TKey key, TValue value)
    {
        if (!_values.TryAdd(key, value))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > limit)
        {
            _values.Remove(_order.Dequeue());
        }

        return true;
    }

    /// <summary>Adds or replaces.</summary>
    public void Set(TKey key, TValue value)
    {
        if (!TryAdd(key, value))
        {
            _values[key] = value;
        }
    }
}
