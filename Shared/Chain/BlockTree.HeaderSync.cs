using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <content>
/// How two peers find what one of them has not: a locator describes a chain by few ids, dense at its tip, as Bitcoin's
/// getheaders has it (https://en.bitcoin.it/wiki/Protocol_documentation#getblocks).
/// </content>
public sealed partial class BlockTree
{
    private const int SingleSteps = 10;

    /// <summary>
    /// The nodes of a height, those on the chain included, where there are several. A first node of a height is always
    /// the tip when it comes, so no node off the chain is missing here, and a reorganisation changes nothing.
    /// </summary>
    private readonly Dictionary<int, List<ChainNode>> _rivals = [];

    /// <summary>
    /// Ids of the chain from its tip backwards: ten in single steps, then with doubling gaps, the first block last.
    /// Empty when the chain is.
    /// </summary>
    public IReadOnlyList<Hash256> Locator() => Tip is null ? [] : Locator(Tip);

    /// <summary>
    /// Ids of a branch from one of its blocks backwards. With the last header of a full answer, it asks for what
    /// follows, also while the branch that these headers are on is still shorter than the chain.
    /// </summary>
    public IReadOnlyList<Hash256> Locator(ChainNode from)
    {
        var locator = new List<Hash256>();
        var gap = 1;
        for (var node = from; node is not null; node = Ancestor(node, Math.Max(1, node.Height - gap)))
        {
            locator.Add(node.Id);
            if (node.Height == 1)
            {
                break;
            }

            if (locator.Count >= SingleSteps)
            {
                gap *= 2;
            }
        }

        return locator;
    }

    /// <summary>
    /// What a peer whose chain has this locator may lack: the headers of the chain above the fork between the two, then
    /// those off the chain, lower ones first; parents before children in both.
    /// </summary>
    /// <param name="locator">From the tip backwards. The first id that is known here counts, one off the chain from
    /// where its branch forks; empty, or none of it known: from the first block.</param>
    /// <param name="limit">Headers at most.</param>
    /// <param name="sideBranchDepth">How many heights from the fork downwards to look for blocks off the chain, the
    /// fork's own included.</param>
    public IReadOnlyList<BlockHeader> HeadersAfter(IReadOnlyList<Hash256> locator, int limit, int sideBranchDepth)
    {
        var fork = ForkHeight(locator);
        var headers = new List<BlockHeader>();
        for (var height = fork + 1; height <= Height && headers.Count < limit; height++)
        {
            headers.Add(AtHeight(height)!.Header);
        }

        Assertions.That(fork <= Height, "A fork is on the chain.");

        for (var height = Math.Max(1, fork - sideBranchDepth + 1); height <= Height && headers.Count < limit; height++)
        {
            if (_rivals.TryGetValue(height, out var rivals))
            {
                headers.AddRange(rivals.Where(node => !IsOnChain(node))
                    .Take(limit - headers.Count)
                    .Select(node => node.Header));
            }
        }

        return headers;
    }

    /// <summary>
    /// The first id of a locator that was never heard of here, if it comes before all ids that are in the tree.
    /// </summary>
    public Hash256? FirstUnknown(IReadOnlyList<Hash256> locator)
    {
        foreach (var id in locator)
        {
            if (Contains(id))
            {
                return null;
            }

            if (!IsKnown(id))
            {
                return id;
            }
        }

        return null;
    }

    private ChainNode? Ancestor(ChainNode node, int height)
    {
        var ancestor = node;
        while (ancestor is not null && ancestor.Height > height && !IsOnChain(ancestor))
        {
            ancestor = ancestor.Parent;
        }

        return ancestor?.Height > height ? AtHeight(height) : ancestor;
    }

    private int ForkHeight(IReadOnlyList<Hash256> locator)
    {
        foreach (var id in locator)
        {
            if (TryGet(id, out var node))
            {
                while (node is not null && !IsOnChain(node))
                {
                    node = node.Parent;
                }

                return node?.Height ?? 0;
            }
        }

        return 0;
    }

    private void NoteRival(ChainNode first, ChainNode node)
    {
        Assertions.That(first != node && first.Height == node.Height, "Rivals are different blocks of one height.");
        if (!_rivals.TryGetValue(node.Height, out var rivals))
        {
            _rivals.Add(node.Height, rivals = [first]);
        }

        rivals.Add(node);
    }
}
