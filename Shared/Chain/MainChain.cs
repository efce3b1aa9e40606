using System.Collections.ObjectModel;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// The best branch of the tree as a list, with an index of its transactions; decides whether a block may be attached to
/// the tree and whether that makes another branch the best.
/// </summary>
internal sealed class MainChain
{
    private readonly List<ChainNode> _nodes = [];
    private readonly TransactionIndex _transactions;
    private readonly BranchTransactions _branch;

    private readonly IForkChoice _forkChoice;

    public MainChain(IForkChoice forkChoice, SaltedIds ids)
    {
        _forkChoice = forkChoice;
        _transactions = new TransactionIndex(_nodes, ids);
        _branch = new BranchTransactions(_transactions, ids);
        Nodes = _nodes.AsReadOnly();
    }

    public ReadOnlyCollection<ChainNode> Nodes { get; }

    public int Height => _nodes.Count;

    public ChainNode? Tip => AtHeight(Height);

    public ChainNode? AtHeight(int height) =>
        height > 0 && height <= _nodes.Count ? _nodes[height - 1] : null;

    public bool Has(ChainNode node) => AtHeight(node.Height) == node;

    public bool ContainsTransaction(Hash256 id) => _transactions.TryGetHeight(id, out _);

    /// <summary>A block that is not on it leaves the tree.</summary>
    public void Forget(ChainNode node)
    {
        Assertions.That(!Has(node), "Nothing of the chain is forgotten.");
        _branch.Forget(node);
    }

    /// <returns>False when the node repeats a transaction; then nothing has changed.</returns>
    public bool TryAttach(ChainNode node)
    {
        Assertions.That(
            node.Height <= Height + 1,
            "A block's parent is in the tree, where no branch is longer than the chain.");
        if (node.Parent == Tip)
        {
            return TryExtend(node);
        }

        if (!_branch.TryExtend(node, Has))
        {
            return false;
        }

        if (node.Height > Height || (node.Height == Height && _forkChoice.Prefers(node, Tip!)))
        {
            SwitchTo(node);
            Assertions.That(Tip == node, "The branch that was changed over to ends in the new block.");
        }

        Assertions.That(node.Height <= Height, "No branch is longer than the chain.");
        return true;
    }

    /// <summary>Which transaction of a node that was not attached stands in its branch already, and where.</summary>
    public string WhyRepeated(ChainNode node)
    {
        var ids = node.TransactionIds;
        for (var i = 0; i < ids.Length; i++)
        {
            var id = ids[i];
            if (ids[..i].Contains(id))
            {
                return $"tx {id.Prefix} stands in it twice";
            }

            var ancestor = node.Parent;
            for (; ancestor is not null && !Has(ancestor); ancestor = ancestor.Parent)
            {
                if (ancestor.TransactionIds.Contains(id))
                {
                    return StandsIn(id, ancestor.Height);
                }
            }

            if (_transactions.TryGetHeight(id, out var height) && height <= (ancestor?.Height ?? 0))
            {
                return StandsIn(id, height);
            }
        }

        throw new InvalidOperationException($"Block {node.Id} repeats nothing.");

        static string StandsIn(Hash256 id, int height) =>
            $"tx {id.Prefix} stands already in block {height} of this branch";
    }

    /// <returns>Null when the chain still has the old tip.</returns>
    public Reorganisation? ReorganisationSince(ChainNode? oldTip)
    {
        if (oldTip is null || Has(oldTip))
        {
            return null;
        }

        var left = new List<ChainNode>();
        var fork = oldTip;
        for (; fork is not null && !Has(fork); fork = fork.Parent)
        {
            left.Add(fork);
        }

        var forkHeight = fork?.Height ?? 0;
        Assertions.That(left.Count == oldTip.Height - forkHeight, "All blocks above the fork are left, and no others.");
        Assertions.That(Height - forkHeight >= left.Count, "The chain never gets shorter.");
        return new Reorganisation(fork, left, _nodes.GetRange(forkHeight, Height - forkHeight));
    }

    private bool TryExtend(ChainNode node)
    {
        if (!_transactions.TryAdd(node))
        {
            return false;
        }

        Assertions.That(node.Height == Height + 1, "A block's place in the list is its height.");
        _nodes.Add(node);
        return true;
    }

    private void SwitchTo(ChainNode tip)
    {
        _branch.Forget();
        var joining = new Stack<ChainNode>();
        ChainNode? fork = tip;
        for (; fork is not null && !Has(fork); fork = fork.Parent)
        {
            joining.Push(fork);
        }

        Assertions.That(joining.Count > 0, "There is something to change over to.");
        for (var height = Height; height > (fork?.Height ?? 0); height--)
        {
            _transactions.Remove(_nodes[height - 1]);
            _nodes.RemoveAt(height - 1);
        }

        while (joining.TryPop(out var node))
        {
            // Its branch was checked block by block when they were attached.
            if (!TryExtend(node))
            {
                throw new InvalidOperationException($"Block {node} repeats a transaction of its branch.");
            }
        }
    }
}
