using System.Collections;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// The transactions that wait for a block, in their order of arrival, each once. Everything costs the same however many
/// there are.
/// </summary>
/// <param name="limit">Transactions held at most; further ones are refused.</param>
public sealed class TransactionPool(int limit) : IReadOnlyCollection<Transaction>
{
    private const int None = -1;

    // A doubly linked list in an array: no object per transaction, and a removed one's place is used again.
    private readonly Dictionary<Hash256, int> _slotOf = [];
    private Slot[] _slots = [];
    private int _used;
    private int _free = None;
    private int _first = None;
    private int _last = None;

    public int Count => _slotOf.Count;

    public bool Contains(Hash256 id) => _slotOf.ContainsKey(id);

    /// <returns>Never <see cref="AddOutcome.OnChain"/>: of the chain the pool knows nothing.</returns>
    public AddOutcome Add(Transaction transaction)
    {
        if (Count >= limit)
        {
            return Contains(transaction.Id) ? AddOutcome.Duplicate : AddOutcome.Full;
        }

        var slot = _free != None ? _free : _used;
        if (!_slotOf.TryAdd(transaction.Id, slot))
        {
            return AddOutcome.Duplicate;
        }

        Append(slot, transaction);
        Assertions.That(Count <= limit, "What others can make us remember is bounded.");
        Assertions.That(_slotOf.Count <= _used && _used <= _slots.Length, "Each transaction has a slot of its own.");
        return AddOutcome.Added;
    }

    public bool Remove(Hash256 id)
    {
        if (Count == 0 || !_slotOf.Remove(id, out var slot))
        {
            return false;
        }

        Unlink(slot);
        Assertions.That(
            !Assertions.AreOn || ((Count == 0) == (_first == None) && (_first == None) == (_last == None)),
            "An empty list has no ends.");
        return true;
    }

    /// <summary>The oldest ones, oldest first. They stay in the pool.</summary>
    public IReadOnlyList<Transaction> Take(int max)
    {
        var count = Math.Min(max, Count);
        if (count <= 0)
        {
            return [];
        }

        var oldest = new Transaction[count];
        var slot = _first;
        for (var i = 0; i < count; i++)
        {
            oldest[i] = _slots[slot].Transaction!;
            slot = _slots[slot].Next;
        }

        return oldest;
    }

    /// <summary>Oldest first. The pool must not be changed meanwhile.</summary>
    public IEnumerator<Transaction> GetEnumerator()
    {
        for (var slot = _first; slot != None; slot = _slots[slot].Next)
        {
            yield return _slots[slot].Transaction!;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Append(int slot, Transaction transaction)
    {
        if (slot == _free)
        {
            _free = _slots[slot].Next;
        }
        else if (_used++ == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(16, 2 * _slots.Length));
        }

        _slots[slot] = new Slot(transaction, _last, None);
        if (_last == None)
        {
            _first = slot;
        }
        else
        {
            _slots[_last].Next = slot;
        }

        _last = slot;
    }

    private void Unlink(int slot)
    {
        var (_, previous, next) = _slots[slot];
        if (previous == None)
        {
            _first = next;
        }
        else
        {
            _slots[previous].Next = next;
        }

        if (next == None)
        {
            _last = previous;
        }
        else
        {
            _slots[next].Previous = previous;
        }

        _slots[slot] = new Slot(null, None, _free);
        _free = slot;
    }

    /// <param name="Next">The next younger one; of a free slot, the next free one.</param>
    private record struct Slot(Transaction? Transaction, int Previous, int Next);
}
