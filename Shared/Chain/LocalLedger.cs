using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// A peer's chain together with its pool. The pool never has a transaction that the chain has; when the chain changes
/// branch, the transactions of the blocks left behind return to the pool unless the new branch has them.
/// </summary>
/// <param name="orphanLimit">Blocks kept whose parent is missing; the oldest goes first.</param>
/// <param name="poolLimit">Transactions waiting for a block; further ones are refused.</param>
/// <param name="forkChoice">Which of two branches of equal height is the chain; null: that with the lowest id.</param>
/// <param name="work">Leading zero bits of the id of each block.</param>
public sealed class LocalLedger(int orphanLimit, int poolLimit, IForkChoice? forkChoice = null, int work = 0)
{
    /// <summary>To be read; blocks are added by <see cref="Accept"/> and <see cref="AcceptHeader"/>.</summary>
    public BlockTree Chain { get; } = new(orphanLimit, forkChoice, work);

    /// <summary>To be read; transactions are added by <see cref="AddTransaction"/>.</summary>
    public TransactionPool Pool { get; } = new(poolLimit);

    /// <summary>For a full peer.</summary>
    /// <param name="now">The host's clock, since the Unix epoch.</param>
    /// <param name="block">One whose ids were found to be right.</param>
    public AddResult Accept(TimeSpan now, Block block)
    {
        var oldHeight = Chain.Height;
        var result = Chain.Add(now, block.Header, block);
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
                ReturnToPool(change.Left[i]);
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
    public AddResult AcceptHeader(TimeSpan now, BlockHeader header) => Chain.Add(now, header, null);

    public AddOutcome AddTransaction(Transaction transaction) =>
        Chain.ContainsTransaction(transaction.Id) ? AddOutcome.OnChain : Pool.Add(transaction);

    /// <summary>What a block made now would hold: the oldest of the pool, none of which the chain has.</summary>
    public IReadOnlyList<Transaction> TransactionsForBlock(int max) => Pool.Take(max);

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

    private void ReturnToPool(ChainNode node)
    {
        for (var i = 0; i < node.TransactionIds.Length; i++)
        {
            Assertions.That(
                !Assertions.AreOn || !Chain.IsOnChain(node),
                "Only what was left behind gives back its transactions.");
            if (!Chain.ContainsTransaction(node.TransactionIds[i]))
            {
                Pool.Add(node.Block!.TransactionAt(i));
            }
        }
    }
}
