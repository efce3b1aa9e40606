using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>The transactions that a neighbour is to learn of at the next comparison.</summary>
internal sealed class ReconciliationSet(SaltedIds ids)
{
    /// <summary>What does not fit is sent at once.</summary>
    private const int Max = 1_000;

    private readonly Dictionary<Hash256, Transaction> _byId = new(ids);

    public int Count => _byId.Count;

    public IEnumerable<Transaction> All => _byId.Values;

    /// <returns>False if there is no room.</returns>
    public bool TryAdd(Transaction transaction)
    {
        if (_byId.Count >= Max && !_byId.ContainsKey(transaction.Id))
        {
            return false;
        }

        _byId[transaction.Id] = transaction;
        return true;
    }

    public void Remove(Hash256 id) => _byId.Remove(id);

    /// <summary>Takes all out, for a comparison.</summary>
    /// <param name="nonce">Makes their short ids.</param>
    public Snapshot TakeAll(ulong nonce)
    {
        var snapshot = new Snapshot(nonce, _byId.Values);
        _byId.Clear();

        // Of two with one short id, neither would show in a sketch; one waits for the next comparison.
        foreach (var transaction in snapshot.Colliding)
        {
            _byId.Add(transaction.Id, transaction);
        }

        return snapshot;
    }

    /// <summary>What is compared, by short id.</summary>
    internal sealed class Snapshot
    {
        private readonly Dictionary<uint, Transaction> _byShortId = [];

        public Snapshot(ulong nonce, IEnumerable<Transaction> transactions)
        {
            Nonce = nonce;
            var ids = new SketchIds(nonce);
            foreach (var transaction in transactions)
            {
                if (!_byShortId.TryAdd(ids.Of(transaction.Id), transaction))
                {
                    Colliding.Add(transaction);
                }
            }
        }

        public ulong Nonce { get; }

        public int Count => _byShortId.Count;

        public List<Transaction> Colliding { get; } = [];

        public IEnumerable<Transaction> All => _byShortId.Values;

        public bool TryGet(uint shortId, [NotNullWhen(true)] out Transaction? transaction) =>
            _byShortId.TryGetValue(shortId, out transaction);

        public PinSketch Sketch(int capacity)
        {
            var sketch = new PinSketch(capacity);
            foreach (var shortId in _byShortId.Keys)
            {
                sketch.Toggle(shortId);
            }

            return sketch;
        }
    }
}
