using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>The transactions that were passed on of late, for those that ask for them; bounded.</summary>
internal sealed class RecentTransactions(SaltedIds ids)
{
    public const int Max = 2_000;

    private readonly Dictionary<Hash256, Transaction> _byId = new(ids);
    private readonly Queue<Hash256> _order = new();

    public void Add(Transaction transaction)
    {
        if (!_byId.TryAdd(transaction.Id, transaction))
        {
            return;
        }

        _order.Enqueue(transaction.Id);
        if (_order.Count > Max)
        {
            _byId.Remove(_order.Dequeue());
        }
    }

    public bool TryGet(Hash256 id, [NotNullWhen(true)] out Transaction? transaction) =>
        _byId.TryGetValue(id, out transaction);

    public Transaction? Find(Hash256 id) => _byId.GetValueOrDefault(id);
}
