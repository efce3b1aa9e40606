namespace Blockchain.Shared.Chain;

/// <summary>
/// The blocks of the tree that are not on the chain. They are bounded, since anybody can make any number of them at
/// any height: of the source that has most, the end of the lowest branch goes first, which is least likely to become
/// the chain. If it does, its blocks are asked for again.
/// </summary>
internal sealed class SideBlocks(LedgerLimits limits)
{
    private readonly FairBudget<PeerId> _budget = new(limits.SideBlocks, limits.SideBlockBytes);
    private readonly Dictionary<ChainNode, PeerId> _sources = [];

    public int Count => _sources.Count;

    public bool IsExceeded => _budget.IsExceeded;

    public void Add(ChainNode node, PeerId source)
    {
        _sources.Add(node, source);
        _budget.Take(source, node.MemoryBytes);
        Assertions.That(_budget.Count == Count, "Each is paid for once.");
    }

    public void Remove(ChainNode node)
    {
        if (_sources.Remove(node, out var source))
        {
            _budget.GiveBack(source, node.MemoryBytes);
        }
    }

    /// <summary>Which one is to go: an end of a branch, on which nothing is built.</summary>
    public ChainNode Worst()
    {
        var largest = _budget.Largest();
        ChainNode? worst = null;
        var isLargest = false;
        foreach (var (node, source) in _sources)
        {
            if (node.Children > 0)
            {
                continue;
            }

            var isOfLargest = source == largest;
            if (worst is null || (isOfLargest, -node.Height).CompareTo((isLargest, -worst.Height)) > 0)
            {
                (worst, isLargest) = (node, isOfLargest);
            }
        }

        return worst ?? throw new InvalidOperationException("Every branch ends somewhere.");
    }
}
