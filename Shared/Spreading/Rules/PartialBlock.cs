using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>A compact block and what of it is here.</summary>
internal sealed class PartialBlock
{
    private readonly CompactBlock _compact;
    private readonly ReadOnlyMemory<byte>[] _transactions;

    /// <param name="pool">Where its transactions are looked for.</param>
    public PartialBlock(CompactBlock compact, RemotePeer from, IReadOnlyCollection<Transaction> pool)
    {
        _compact = compact;
        From = from;
        _transactions = new ReadOnlyMemory<byte>[compact.ShortIds.Count];
        var places = new Dictionary<ulong, int>(_transactions.Length);
        for (var i = 0; i < _transactions.Length; i++)
        {
            IsAmbiguous |= !places.TryAdd(compact.ShortIds[i], i);
        }

        if (!IsAmbiguous && _transactions.Length > 0)
        {
            Fill(places, pool);
        }

        Missing = [.. Enumerable.Range(0, _transactions.Length).Where(i => _transactions[i].IsEmpty)];
    }

    public RemotePeer From { get; }

    public Hash256 Id => _compact.Header.Id;

    /// <summary>Two of its transactions have the same short id: it cannot be told what belongs where.</summary>
    public bool IsAmbiguous { get; }

    /// <summary>The places of the transactions that are not here, in order.</summary>
    public IReadOnlyList<int> Missing { get; }

    /// <summary>Bytes that it takes in memory, about.</summary>
    public int MemoryBytes => _compact.Envelope.Length + (32 * _transactions.Length)
        + _transactions.Sum(transaction => transaction.Length);

    /// <summary>Puts in what was missing, as it stands in the block.</summary>
    public void Complete(IReadOnlyList<Transaction> missing)
    {
        Assertions.That(missing.Count == Missing.Count, "What was asked for has come.");
        for (var i = 0; i < missing.Count; i++)
        {
            Assertions.That(_transactions[Missing[i]].IsEmpty, "Nothing is there twice.");
            _transactions[Missing[i]] = missing[i].Json;
        }
    }

    /// <returns>
    /// Null if this is not the block that its id says: a short id was that of another transaction, or one of the
    /// block's has fields that nobody else knows.
    /// </returns>
    public Block? Build()
    {
        var block = BlockFactory.Assemble(_compact.Envelope.Span, _transactions);
        Assertions.That(block is null || block.Id == Id, "The envelope says which block it is.");
        return block;
    }

    private void Fill(Dictionary<ulong, int> places, IReadOnlyCollection<Transaction> pool)
    {
        var ids = new ShortIds(Id, _compact.Nonce);
        var isSigned = BlockFactory.IsSigned(_compact.Envelope.Span);
        HashSet<int>? twice = null;
        foreach (var transaction in pool)
        {
            if (!places.TryGetValue(ids.Of(transaction.Id), out var place))
            {
                continue;
            }

            if (_transactions[place].IsEmpty)
            {
                _transactions[place] = BlockFactory.InBlock(transaction, isSigned);
            }
            else
            {
                (twice ??= []).Add(place);
            }
        }

        // Two of the pool have its short id. Which one it is, the sender knows.
        foreach (var place in twice ?? [])
        {
            _transactions[place] = default;
        }
    }
}
