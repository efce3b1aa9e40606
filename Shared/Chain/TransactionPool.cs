using System.Collections;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// The transactions that wait for a block, in their order of arrival, each once. Everything costs the same however many
/// there are. Bounded: when it is full, the source of most of its content loses the oldest of that.
/// </summary>
public sealed class TransactionPool : IReadOnlyCollection<Transaction>
{
    private const int None = -1;

    // A doubly linked list in an array: no object per transaction, and a removed one's place is used again.
    private readonly Dictionary<Hash256, int> _slotOf;
    private readonly FairBudget<PeerId> _budget;
    private readonly int _transactionBytes;
    private Slot[] _slots = [];
    private int _used;
    private int _free = None;
    private int _first = None;
    private int _last = None;

    /// <param name="ids">Null: a salt that anybody can know.</param>
    public TransactionPool(LedgerLimits limits, SaltedIds? ids = null)
    {
        _slotOf = new Dictionary<Hash256, int>(ids ?? new SaltedIds(new SeededRandom(0)));
        _budget = new FairBudget<PeerId>(limits.PoolTransactions, limits.PoolBytes);
        _transactionBytes = limits.TransactionBytes;
    }

    public int Count => _slotOf.Count;

    /// <summary>Bytes that they take in memory, about.</summary>
    public long MemoryBytes => _budget.Bytes;

    public bool Contains(Hash256 id) => _slotOf.ContainsKey(id);

    /// <returns>Never <see cref="AddOutcome.OnChain"/>: of the chain the pool knows nothing.</returns>
    /// <param name="source">Who delivered it.</param>
    public AddOutcome Add(Transaction transaction, PeerId source = default)
    {
        var slot = _free != None ? _free : _used;
        if (!_slotOf.TryAdd(transaction.Id, slot))
        {
            return AddOutcome.Duplicate;
        }

        if (!BlockFactory.Fits(transaction, _transactionBytes))
        {
            _slotOf.Remove(transaction.Id);
            return AddOutcome.TooLarge;
        }

        Append(slot, transaction, source);
        _budget.Take(source, transaction.MemoryBytes);
        while (_budget.IsExceeded)
        {
            var largest = _budget.Largest();
            if (largest == source)
            {
                Remove(transaction.Id);
                return AddOutcome.Full;
            }

            Remove(OldestOf(largest));
        }

        Assertions.That(Count == _budget.Count && !_budget.IsExceeded, "What others can make us remember is bounded.");
        Assertions.That(_slotOf.Count <= _used && _used <= _slots.Length, "Each transaction has a slot of its own.");
        return AddOutcome.Added;
    }

    public bool Remove(Hash256 id)
    {
        if (Count == 0 || !_slotOf.Remove(id, out var slot))
        {
            return false;
        }

        _budget.GiveBack(_slots[slot].Source, _slots[slot].Transaction!.MemoryBytes);
        Unlink(slot);
        Assertions.That(
            !Assertions.AreOn || ((Count == 0) == (_first == None) && (_first == None) == (_last == None)),
            "An empty list has no ends.");
        return true;
    }

    /// <summary>The oldest ones, oldest first. They stay in the pool.</summary>
    /// <param name="maxBytes">What they may have together, as they stand in a block.</param>
    public IReadOnlyList<Transaction> Take(int max, int maxBytes = int.MaxValue)
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

        return BlockFactory.Fitting(oldest, maxBytes);
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

    // Quick, as it has at least as many of them as anybody.
    private Hash256 OldestOf(PeerId source)
    {
        var slot = _first;
        while (_slots[slot].Source != source)
        {
            slot = _slots[slot].Next;
        }

        return _slots[slot].Transaction!.Id;
    }

    private void Append(int slot, Transaction transaction, PeerId source)
    {
        if (slot == _free)
        {
            _free = _slots[slot].Next;
        }
        else if (_used++ == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(16, 2 * _slots.Length));
        }

        _slots[slot] = new Slot(transaction, source, _last, None);
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
        var (_, _, previous, next) = _slots[slot];
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

        _slots[slot] = new Slot(null, default, None, _free);
        _free = slot;
    }

    /// <param name="Next">The next younger one; of a free slot, the next free one.</param>
    private record struct Slot(Transaction? Transaction, PeerId Source, int Previous, int Next);
}
