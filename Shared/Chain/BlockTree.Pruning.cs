namespace Blockchain.Shared.Chain;

/// <content>What is kept of the blocks that are not on the chain.</content>
public sealed partial class BlockTree
{
    private const int PrunedLimit = 10_000;

    /// <summary>
    /// Keeps the account of the blocks off the chain after a change, and makes room if they are too many.
    /// </summary>
    private List<ChainNode>? Prune(AttachedNodes attached, Reorganisation? change, PeerId source)
    {
        if (change is not null)
        {
            foreach (var node in change.Joined)
            {
                _side.Remove(node);
            }

            foreach (var node in change.Left)
            {
                _side.Add(node, source);
            }
        }

        for (var i = 0; i < attached.Count; i++)
        {
            if (!IsOnChain(attached[i]))
            {
                _side.Add(attached[i], source);
            }
        }

        Assertions.That(_side.Count == Count - Height, "A block of the tree is on the chain or beside it.");
        if (!_side.IsExceeded)
        {
            return null;
        }

        var pruned = new List<ChainNode>();
        while (_side.IsExceeded)
        {
            var worst = _side.Worst();
            Remove(worst);
            pruned.Add(worst);
        }

        return pruned;
    }

    private void Remove(ChainNode node)
    {
        Assertions.That(node.Children == 0 && !IsOnChain(node), "Nothing in the tree hangs in the air.");
        _main.Forget(node);
        _side.Remove(node);
        _nodes.Remove(node);
        if (node.Parent is { } parent)
        {
            parent.Children--;
        }

        if (_rivals.TryGetValue(node.Height, out var rivals))
        {
            rivals.Remove(node);
            if (rivals.Count <= 1)
            {
                _rivals.Remove(node.Height);
            }
        }

        if (_pruned.Count >= PrunedLimit)
        {
            _pruned.Clear();
        }

        _pruned.Add(node.Id);
    }
}
