using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// IWANT: transactions that neighbours name and that are not here are asked of one of them, and of the next that names
/// them if they do not come in time.
/// </summary>
internal sealed class TransactionRequests(RelayTools tools)
{
    /// <summary>Asked of one neighbour at a time, and so remembered of it, at most.</summary>
    private const int MaxOfOne = 500;

    /// <summary>Transactions in one answer: with those of other kinds, no more than a neighbour's limits allow.</summary>
    private const int MaxAnswered = 50;

    private readonly Dictionary<Hash256, RemotePeer> _asked = new(tools.Ids);
    private readonly Dictionary<RemotePeer, int> _counts = [];

    /// <summary>A neighbour has these: asks it for those that are neither here nor asked for.</summary>
    public void Ask(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids)
    {
        var room = MaxOfOne - _counts.GetValueOrDefault(from);
        List<Hash256>? wanted = null;
        for (var i = 0; i < ids.Count && (wanted?.Count ?? 0) < room; i++)
        {
            if (!IsHere(ids[i]) && _asked.TryAdd(ids[i], from))
            {
                (wanted ??= []).Add(ids[i]);
            }
        }

        if (wanted is null)
        {
            return;
        }

        _counts[from] = _counts.GetValueOrDefault(from) + wanted.Count;
        Assertions.That(_counts[from] <= MaxOfOne, "What others can make us remember is bounded.");
        tools.Send(now, from, new WantTransactions(tools.Self, wanted, tools.NextId()));
        tools.Schedule(now + tools.Patience(from), _ => Forget(from, wanted));
    }

    /// <summary>Answers such a question, of what waits for a block here.</summary>
    public void Answer(TimeSpan now, RemotePeer from, WantTransactions question, Func<Hash256, Transaction?> find)
    {
        var sent = 0;
        for (var i = 0; i < question.TransactionIds.Count && sent < MaxAnswered; i++)
        {
            if (find(question.TransactionIds[i]) is { } transaction)
            {
                tools.SendTransaction(now, transaction, [from]);
                sent++;
            }
        }
    }

    private bool IsHere(Hash256 id) => tools.Ledger.Pool.Contains(id) || tools.Ledger.Chain.ContainsTransaction(id);

    private void Forget(RemotePeer from, List<Hash256> ids)
    {
        foreach (var id in ids)
        {
            _asked.Remove(id);
        }

        var left = _counts[from] - ids.Count;
        Assertions.That(left >= 0, "Nothing is forgotten that was not asked for.");
        if (left > 0)
        {
            _counts[from] = left;
        }
        else
        {
            _counts.Remove(from);
        }
    }
}
