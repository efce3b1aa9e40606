using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// Decides whether a block off the tip repeats a transaction of an ancestor: of one on the main chain, at or below the
/// fork, or of one on its own branch. The ids of the branch that was extended last are kept, so that a long branch that
/// arrives block by block is not walked again for each.
/// </summary>
internal sealed class BranchTransactions(TransactionIndex index, SaltedIds saltedIds)
{
    // Emptying a larger set costs more than a new one.
    private const int ReuseUpTo = 1_000;

    private HashSet<Hash256> _ids = new(saltedIds);
    private ChainNode? _tip;
    private int _forkHeight;

    /// <summary>Lets go of the branch, as when it has become the main chain, whose index has its ids then.</summary>
    public void Forget()
    {
        _tip = null;
        if (_ids.Count > ReuseUpTo)
        {
            _ids = new HashSet<Hash256>(saltedIds);
        }
        else
        {
            _ids.Clear();
        }
    }

    /// <summary>A block leaves the tree.</summary>
    public void Forget(ChainNode node)
    {
        if (_tip == node)
        {
            Forget();
        }
    }

    /// <summary>Whether the node may follow its parent. If so, its branch is the one that is kept.</summary>
    public bool TryExtend(ChainNode node, Func<ChainNode, bool> isOnChain)
    {
        if (_tip is null || _tip != node.Parent)
        {
            Load(node.Parent, isOnChain);
        }

        var ids = node.TransactionIds;
        for (var i = 0; i < ids.Length; i++)
        {
            if ((index.TryGetHeight(ids[i], out var height) && height <= _forkHeight) || !_ids.Add(ids[i]))
            {
                foreach (var added in ids[..i])
                {
                    _ids.Remove(added);
                }

                return false;
            }
        }

        Assertions.That(_forkHeight < node.Height, "A branch leaves the chain below its blocks.");
        _tip = node;
        return true;
    }

    private void Load(ChainNode? tip, Func<ChainNode, bool> isOnChain)
    {
        Forget();
        _tip = tip;
        for (; tip is not null && !isOnChain(tip); tip = tip.Parent)
        {
            foreach (var id in tip.TransactionIds)
            {
                _ids.Add(id);
            }
        }

        _forkHeight = tip?.Height ?? 0;
    }
}
