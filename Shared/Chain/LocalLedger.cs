using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// A peer's chain together with its pool. The pool never has a transaction that the chain has; when the chain changes
/// branch, the transactions of the blocks left behind return to the pool unless the new branch has them.
/// </summary>
/// <param name="forkChoice">Which of two branches of equal height is the chain; null: that with the lowest id.</param>
/// <param name="ids">Null: with a salt that anybody can know.</param>
public sealed class LocalLedger(LedgerLimits limits, IForkChoice? forkChoice = null, SaltedIds? ids = null)
{
    /// <summary>To be read; blocks are added by <see cref="Accept"/> and <see cref="AcceptHeader"/>.</summary>
    public BlockTree Chain { get; } = new(limits, forkChoice, ids);

    /// <summary>To be read; transactions are added by <see cref="AddTransaction"/>.</summary>
    public TransactionPool Pool { get; } = new(limits, ids);

    /// <summary>For a full peer.</summary>
    /// <param name="now">The host's clock, since the Unix epoch.</param>
    /// <param name="block">One whose ids were found to be right.</param>
    /// <param name="source">Who delivered it.</param>
    public AddResult Accept(TimeSpan now, Block block, PeerId source = default)
    {
        var oldHeight = Chain.Height;
        var result = Chain.Add(now, block.Header, block, source);
        Assertions.That(Chain.Height >= oldHeight, "The chain never gets shorter.");
        if (result.Reorganisation is { } change)
        {
            foreach (var node in change.Joined)
            {
                RemoveFromPool(node);
            }

            // Oldest block first, so that the transactions are in the order in which they were.
            for (var i = change.Left.Count - 1; i >= 0; i--)
            {
                ReturnToPool(change.Left[i], source);
            }
        }
        else
        {
            for (var height = oldHeight + 1; height <= Chain.Height; height++)
            {
                RemoveFromPool(Chain.AtHeight(height)!);
            }
        }

        return result;
    }

    /// <summary>For a light peer.</summary>
    /// <param name="now">The host's clock, since the Unix epoch.</param>
    public AddResult AcceptHeader(TimeSpan now, BlockHeader header, PeerId source = default) =>
        Chain.Add(now, header, null, source);

    /// <param name="source">Who delivered it.</param>
    public AddOutcome AddTransaction(Transaction transaction, PeerId source = default) =>
        Chain.ContainsTransaction(transaction.Id) ? AddOutcome.OnChain : Pool.Add(transaction, source);

    /// <summary>
    /// What a block made now would hold: the oldest of the pool, none of which the chain has, as many as fit.
    /// </summary>
    public IReadOnlyList<Transaction> TransactionsForBlock(int max) => Pool.Take(max, limits.TransactionBytes);

    /// <summary>The same for a block on any other one of the tree, whose branch may have some of them.</summary>
    /// <param name="parent">Null: for a first block.</param>
    public IReadOnlyList<Transaction> TransactionsForBlock(int max, ChainNode? parent)
    {
        var transactions = TransactionsForBlock(max);
        if (parent == Chain.Tip || transactions.Count == 0)
        {
            return transactions;
        }

        var taken = new HashSet<Hash256>();
        for (var node = parent; node is not null && !Chain.IsOnChain(node); node = node.Parent)
        {
            taken.UnionWith(node.TransactionIds.ToArray());
        }

        return [.. transactions.Where(transaction => !taken.Contains(transaction.Id))];
    }

    private void RemoveFromPool(ChainNode node)
    {
        if (Pool.Count == 0)
        {
            return;
        }

        foreach (var id in node.TransactionIds)
        {
            Pool.Remove(id);
        }
    }

    private void ReturnToPool(ChainNode node, PeerId source)
    {
        for (var i = 0; i < node.TransactionIds.Length; i++)
        {
            Assertions.That(
                !Assertions.AreOn || !Chain.IsOnChain(node),
                "Only what was left behind gives back its transactions.");
            if (!Chain.ContainsTransaction(node.TransactionIds[i]))
            {
                Pool.Add(node.Block!.TransactionAt(i), source);
            }
        }
    }
}
