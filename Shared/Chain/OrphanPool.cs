using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// The blocks whose parent is missing, oldest first, found by their parent. Bounded: the oldest goes first.
/// </summary>
internal sealed class OrphanPool(int limit) : IReadOnlyCollection<Orphan>
{
    private readonly Dictionary<Hash256, LinkedListNode<Orphan>> _byId = [];
    private readonly LinkedList<Orphan> _byAge = new();

    // The oldest orphan of all is the oldest of its siblings too, so a queue is all that eviction needs.
    private readonly Dictionary<Hash256, Queue<Orphan>> _byParent = [];

    public int Count => _byId.Count;

    public bool Contains(Hash256 id) => _byId.ContainsKey(id);

    /// <summary>Whether one of them has this parent.</summary>
    public bool IsAwaited(Hash256 parent) => _byParent.ContainsKey(parent);

    /// <returns>The orphan that had to go, if any; this one itself when the limit is zero.</returns>
    public Orphan? Add(Orphan orphan)
    {
        _byId.Add(orphan.Header.Id, _byAge.AddLast(orphan));
        if (!_byParent.TryGetValue(orphan.Header.PreviousId, out var siblings))
        {
            _byParent.Add(orphan.Header.PreviousId, siblings = new Queue<Orphan>(1));
        }

        siblings.Enqueue(orphan);
        var evicted = Count > limit ? EvictOldest() : null;
        Assertions.That(Count <= limit, "What others can make us remember is bounded.");
        Assertions.That(Count == _byAge.Count && _byParent.Count <= Count, "Each is found by id, age and parent.");
        return evicted;
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

    private Orphan EvictOldest()
    {
        var oldest = _byAge.First!.Value;
        _byAge.RemoveFirst();
        _byId.Remove(oldest.Header.Id);
        var siblings = _byParent[oldest.Header.PreviousId];
        var first = siblings.Dequeue();
        Assertions.That(
            !Assertions.AreOn || ReferenceEquals(first, oldest),
            "The oldest of all is the oldest of its siblings.");
        if (siblings.Count == 0)
        {
            _byParent.Remove(oldest.Header.PreviousId);
        }

        return oldest;
    }
}
