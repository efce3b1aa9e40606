using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// At which height of the main chain a transaction is. An entry is eight bytes, the height and 32 bits of the id; the
/// whole id is compared in the block itself, which the chain holds anyway. (A Dictionary of ids takes 52 bytes.)
/// </summary>
/// <remarks>
/// Open addressing with linear probing and backward-shift deletion (Knuth, TAOCP vol. 3, 6.4, algorithm R). A large
/// index is split into shards, so that growing never moves more than a thousandth of it at a time: a table of ten
/// million entries in one piece would stop the event loop for a tenth of a second.
/// </remarks>
/// <param name="main">The main chain, first block first.</param>
/// <param name="ids">Makes fingerprints that nobody can foresee.</param>
internal sealed class TransactionIndex(List<ChainNode> main, IEqualityComparer<Hash256> ids)
{
    private const int ShardBits = 10;
    private const int SplitAt = 16 * 1024;

    private TransactionIndexShard[] _shards = [new(0)];
    private int _shardShift = 32;

    // Never read: it keeps the compiler from leaving out what only warms the cache.
    private ulong _touched;

    public int Count { get; private set; }

    public bool TryGetHeight(Hash256 id, out int height)
    {
        var fingerprint = Fingerprint(id);
        height = ShardOf(fingerprint).Find(fingerprint, id, main);
        return height > 0;
    }

    /// <summary>Adds the node's transactions, all or, if one is here already or twice in the node, none.</summary>
    public bool TryAdd(ChainNode node)
    {
        var added = node.TransactionIds;
        if (_shards.Length == 1 && Count + added.Length > SplitAt)
        {
            Split();
        }

        Touch(added);
        for (var i = 0; i < added.Length; i++)
        {
            var fingerprint = Fingerprint(added[i]);
            if (!ShardOf(fingerprint).TryAdd(added, i, fingerprint, node.Height, main))
            {
                Remove(added[..i], node.Height);
                return false;
            }

            Count++;
        }

        return true;
    }

    public void Remove(ChainNode node) => Remove(node.TransactionIds, node.Height);

    private uint Fingerprint(Hash256 id) => (uint)ids.GetHashCode(id);

    // In a large index each id is a cache miss. Reading all the places first, without a branch that depends on what is
    // read, lets the processor wait for many of them at a time; at ten million entries it saves a third of the time.
    private void Touch(ReadOnlySpan<Hash256> added)
    {
        foreach (var id in added)
        {
            var fingerprint = Fingerprint(id);
            _touched |= ShardOf(fingerprint).Peek(fingerprint);
        }
    }

    private void Remove(ReadOnlySpan<Hash256> removed, int height)
    {
        foreach (var id in removed)
        {
            var fingerprint = Fingerprint(id);
            ShardOf(fingerprint).Remove(fingerprint, height);
        }

        Count -= removed.Length;
    }

    // The shard is told by the high bits of the fingerprint, the place within it by the low ones.
    private TransactionIndexShard ShardOf(uint fingerprint) => _shards[(int)((ulong)fingerprint >> _shardShift)];

    private void Split()
    {
        var whole = _shards[0];
        _shards = new TransactionIndexShard[1 << ShardBits];
        _shardShift = 32 - ShardBits;
        for (var i = 0; i < _shards.Length; i++)
        {
            _shards[i] = new TransactionIndexShard(2 * SplitAt / _shards.Length);
        }

        whole.MoveTo(ShardOf);
    }
}
