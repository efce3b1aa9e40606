using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// The blocks whose parent is missing, oldest first, found by their parent. Bounded: of the source that has most, the
/// oldest goes first.
/// </summary>
internal sealed class OrphanPool(LedgerLimits limits, SaltedIds ids) : IReadOnlyCollection<Orphan>
{
    private readonly FairBudget<PeerId> _budget = new(limits.Orphans, limits.OrphanBytes);
    private readonly Dictionary<Hash256, LinkedListNode<Orphan>> _byId = new(ids);
    private readonly LinkedList<Orphan> _byAge = new();
    private readonly Dictionary<Hash256, Queue<Orphan>> _byParent = new(ids);

    public int Count => _byId.Count;

    public bool Contains(Hash256 id) => _byId.ContainsKey(id);

    /// <summary>Whether one of them has this parent.</summary>
    public bool IsAwaited(Hash256 parent) => _byParent.ContainsKey(parent);

    /// <returns>The orphans that had to go; this one itself when the limit is zero.</returns>
    public IReadOnlyList<Orphan> Add(Orphan orphan)
    {
        _byId.Add(orphan.Header.Id, _byAge.AddLast(orphan));
        if (!_byParent.TryGetValue(orphan.Header.PreviousId, out var siblings))
        {
            _byParent.Add(orphan.Header.PreviousId, siblings = new Queue<Orphan>(1));
        }

        siblings.Enqueue(orphan);
        _budget.Take(orphan.Source, orphan.MemoryBytes);
        List<Orphan>? evicted = null;
        while (_budget.IsExceeded)
        {
            (evicted ??= []).Add(EvictOldestOf(_budget.Largest()));
        }

        Assertions.That(Count <= limits.Orphans, "What others can make us remember is bounded.");
        Assertions.That(Count == _byAge.Count && _byParent.Count <= Count, "Each is found by id, age and parent.");
        Assertions.That(Count == _budget.Count, "Each is paid for once.");
        return (IReadOnlyList<Orphan>?)evicted ?? [];
    }

    /// <summary>Removes and returns those that wait for this parent, in their order of arrival.</summary>
    public bool TryTakeChildren(Hash256 parent, [NotNullWhen(true)] out Queue<Orphan>? children)
    {
        if (!_byParent.Remove(parent, out children))
        {
            return false;
        }

        Assertions.That(children.Count > 0, "A parent without orphans is not awaited.");
        foreach (var child in children)
        {
            _byId.Remove(child.Header.Id, out var entry);
            _byAge.Remove(entry!);
            _budget.GiveBack(child.Source, child.MemoryBytes);
        }

        return true;
    }

    /// <summary>
    /// The id that this orphan really waits for: the parent of the oldest ancestor that is here. Headers that are
    /// forged to form a ring have none; then it is some id of the ring.
    /// </summary>
    public Hash256 MissingAncestor(Hash256 orphan)
    {
        var id = orphan;
        for (var steps = 0; steps <= Count && _byId.TryGetValue(id, out var entry); steps++)
        {
            id = entry.Value.Header.PreviousId;
        }

        return id;
    }

    public IEnumerator<Orphan> GetEnumerator() => _byAge.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Orphan EvictOldestOf(PeerId source)
    {
        var entry = _byAge.First!;
        while (entry.Value.Source != source)
        {
            entry = entry.Next!;
        }

        var oldest = entry.Value;
        _byAge.Remove(entry);
        _byId.Remove(oldest.Header.Id);
        _budget.GiveBack(source, oldest.MemoryBytes);
        var siblings = _byParent[oldest.Header.PreviousId];
        if (siblings.Count == 1)
        {
            _byParent.Remove(oldest.Header.PreviousId);
        }
        else
        {
            _byParent[oldest.Header.PreviousId] =
                new Queue<Orphan>(siblings.Where(orphan => !ReferenceEquals(orphan, oldest)));
        }

        return oldest;
    }
}
