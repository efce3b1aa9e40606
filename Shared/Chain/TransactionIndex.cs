using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>At which height of the main chain a transaction is.</summary>
internal sealed class TransactionIndex
{
    private readonly Dictionary<Hash256, int> _heights = [];

    public int Count => _heights.Count;

    /// <param name="height">1 for the first block.</param>
    public bool TryGetHeight(Hash256 id, out int height) => _heights.TryGetValue(id, out height);

    /// <summary>Adds the node's transactions, all or, if one is here already or twice in the node, none.</summary>
    public bool TryAdd(ChainNode node)
    {
        var ids = node.TransactionIds;
        for (var i = 0; i < ids.Length; i++)
        {
            if (!_heights.TryAdd(ids[i], node.Height))
            {
                Remove(ids[..i], node.Height);
                return false;
            }
        }

        return true;
    }

    public void Remove(ChainNode node) => Remove(node.TransactionIds, node.Height);

    private void Remove(ReadOnlySpan<Hash256> ids, int height)
    {
        foreach (var id in ids)
        {
            var isThere = _heights.Remove(id, out var was);
            Assertions.That(isThere && was == height, "A transaction that this block did not add.");
        }
    }
}
