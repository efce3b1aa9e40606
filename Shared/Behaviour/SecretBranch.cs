using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>A branch of a maker's own, the end of which it hides, beside the longest one that all others know.</summary>
internal sealed class SecretBranch
{
    private readonly List<ChainNode> _hidden = [];
    private bool _hasBegun;

    /// <summary>The end of its own branch; null: before the first block.</summary>
    public ChainNode? Private { get; private set; }

    /// <summary>The first of the highest blocks that others know.</summary>
    public ChainNode? Public { get; private set; }

    /// <summary>By how many blocks its own branch is longer.</summary>
    public int Lead => Height(Private) - Height(Public);

    /// <summary>What others do not know, lower ones first.</summary>
    public IReadOnlyList<ChainNode> Hidden => _hidden;

    public ChainNode? MinesOn(BlockTree chain) => _hasBegun ? Private : chain.Tip;

    public bool Hides(Hash256 block)
    {
        foreach (var node in _hidden)
        {
            if (node.Id == block)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks at the tree for the first time.</summary>
    /// <param name="added">What has just come into it.</param>
    /// <returns>Whether there is anything to decide: not where that block is taken for what there was.</returns>
    public bool Begin(BlockTree chain, ChainNode added, bool isOwn)
    {
        if (_hasBegun)
        {
            return true;
        }

        _hasBegun = true;
        Private = Public = isOwn ? added.Parent : chain.Tip;
        return isOwn;
    }

    /// <summary>Its maker has found a block: nobody learns of it for now.</summary>
    public void Extend(ChainNode own)
    {
        Assertions.That(own.Parent == Private, "It is built on its own branch.");
        Private = own;
        _hidden.Add(own);
    }

    /// <summary>Others have found a block.</summary>
    /// <returns>Whether it makes what they know longer.</returns>
    public bool Hear(ChainNode theirs)
    {
        if (theirs.Height <= Height(Public))
        {
            return false;
        }

        Public = theirs;
        return true;
    }

    /// <summary>Gives up its own branch for the longest one.</summary>
    public void Adopt()
    {
        _hidden.Clear();
        Private = Public;
    }

    /// <summary>Shows what it hides, up to a height.</summary>
    /// <param name="except">What is announced anyhow.</param>
    public IReadOnlyList<ChainNode> Reveal(ChainNode? except = null, int height = int.MaxValue)
    {
        ChainNode[] shown = [.. _hidden.Where(node => node.Height <= height)];
        _hidden.RemoveRange(0, shown.Length);
        if (shown.Length > 0 && shown[^1].Height > Height(Public))
        {
            Public = shown[^1];
        }

        return [.. shown.Where(node => node != except)];
    }

    private static int Height(ChainNode? node) => node?.Height ?? 0;
}
