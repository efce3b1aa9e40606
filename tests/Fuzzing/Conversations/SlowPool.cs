using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>
/// The pool of a peer has all transactions that it has ever taken, or left behind with a branch, except those of its
/// chain. Once it was full, some may be missing.
/// </summary>
internal sealed class SlowPool(Peer peer)
{
    private readonly HashSet<Hash256> _known = [];
    private bool _wasFull;

    public void Check(ConversationNotes notes)
    {
        _known.UnionWith(notes.Transactions.Select(transaction => transaction.Id));
        var chain = peer.Ledger.Chain.Nodes.SelectMany(node => node.TransactionIds.ToArray()).ToHashSet();
        var pool = peer.Ledger.Pool.Select(transaction => transaction.Id).ToHashSet();
        FuzzException.UnlessSame(peer.Ledger.Pool.Count, pool.Count, "transactions in the pool");
        FuzzException.Unless(!pool.Overlaps(chain), "the pool has a transaction of the chain");
        FuzzException.Unless(pool.IsSubsetOf(_known), "the pool has a transaction that nobody has sent");
        _wasFull |= pool.Count >= peer.Plan.Settings.PoolLimit
            || 2 * peer.Ledger.Pool.MemoryBytes > peer.Plan.Settings.PoolBytes;
        FuzzException.Unless(
            _wasFull || pool.IsSupersetOf(_known.Except(chain)), "the pool has lost a transaction");
        _known.UnionWith(chain);
    }
}
