using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>
/// All valid blocks that a peer has heard of, as a tree. The chain is its longest branch; among equals, the one that
/// the <see cref="IForkChoice"/> prefers. A block costs the same at any height; a reorganisation costs what it
/// switches.
/// </summary>
/// <remarks>
/// A transaction is in a branch once at most. A chain is given blocks, or (on a light peer, which relies on full peers
/// for that rule) headers only. Ids are the caller's to verify.
/// </remarks>
public sealed partial class BlockTree
{
    private const int RejectedLimit = 10_000;

    private readonly LedgerLimits _limits;
    private readonly NodesById _nodes;
    private readonly OrphanPool _orphans;
    private readonly RejectedIds _rejected;

    /// <summary>
    /// What this peer had stored and cannot attach, since a block below was lost. Apart from the orphans, which others
    /// can fill: these are as many as the peer itself once accepted.
    /// </summary>
    private readonly OrphanPool _restored;
    private readonly MainChain _main;
    private readonly SideBlocks _side;

    /// <summary>
    /// Blocks that had to leave the tree. They are not asked for again until something is built on one.
    /// </summary>
    private readonly HashSet<Hash256> _pruned;

    /// <param name="forkChoice">Null: the tip with the lowest id.</param>
    /// <param name="ids">Null: a salt that anybody can know, for blocks that nobody made in order to harm.</param>
    public BlockTree(LedgerLimits limits, IForkChoice? forkChoice = null, SaltedIds? ids = null)
    {
        ids ??= new SaltedIds(new SeededRandom(0));
        _limits = limits;
        _nodes = new NodesById(ids);
        _orphans = new OrphanPool(limits, ids);
        _restored = new OrphanPool(
            limits with { Orphans = int.MaxValue, OrphanBytes = long.MaxValue }, ids);
        _rejected = new RejectedIds(RejectedLimit, ids);
        _main = new MainChain(forkChoice ?? new LowestId(), ids);
        _side = new SideBlocks(limits);
        _pruned = new HashSet<Hash256>(ids);
    }

    /// <summary>Null before the first block.</summary>
    public ChainNode? Tip => _main.Tip;

    /// <summary>The number of blocks on the chain.</summary>
    public int Height => _main.Height;

    /// <summary>The number of blocks in the tree, those off the chain included.</summary>
    public int Count => _nodes.Count;

    /// <summary>The chain from its first block to its tip: a view, which changes with it.</summary>
    public ReadOnlyCollection<ChainNode> Nodes => _main.Nodes;

    /// <summary>The blocks that wait for their parent, oldest first.</summary>
    public IReadOnlyCollection<Orphan> Orphans => _orphans;

    public bool TryGet(Hash256 id, [NotNullWhen(true)] out ChainNode? node) => _nodes.TryGet(id, out node);

    /// <summary>Whether the block is in the tree, on the chain or not.</summary>
    public bool Contains(Hash256 id) => _nodes.Contains(id);

    public bool IsOrphan(Hash256 id) => _orphans.Contains(id) || _restored.Contains(id);

    /// <summary>Whether an orphan waits for this block.</summary>
    public bool IsAwaited(Hash256 id) => _orphans.IsAwaited(id) || _restored.IsAwaited(id);

    public bool IsRejected(Hash256 id) => _rejected.Contains(id);

    /// <summary>
    /// Whether there is nothing to learn from being sent the block: it is in the tree, an orphan or rejected, or had to
    /// leave the tree.
    /// </summary>
    public bool IsKnown(Hash256 id) => Contains(id) || IsOrphan(id) || IsRejected(id) || _pruned.Contains(id);

    public bool IsOnChain(ChainNode node) => _main.Has(node);

    public bool IsOnChain(Hash256 id) => TryGet(id, out var node) && IsOnChain(node);

    /// <param name="height">1 for the first block.</param>
    /// <returns>Null when the chain has no such height.</returns>
    public ChainNode? AtHeight(int height) => _main.AtHeight(height);

    public bool ContainsTransaction(Hash256 id) => _main.ContainsTransaction(id);

    /// <summary>
    /// What an orphan really waits for: the missing parent of its oldest waiting ancestor. The id itself when it is no
    /// orphan; an id that is here when forged headers form a ring.
    /// </summary>
    public Hash256 MissingAncestor(Hash256 orphan) => _restored.MissingAncestor(_orphans.MissingAncestor(orphan));

    /// <param name="now">The host's clock, since the Unix epoch.</param>
    /// <param name="block">Null on a light peer.</param>
    /// <param name="source">Who delivered it.</param>
    public AddResult Add(TimeSpan now, BlockHeader header, Block? block, PeerId source = default) =>
        Add(now, header, block, source, _orphans);

    /// <summary>Adds a block that was accepted in an earlier run; if its parent is missing it waits.</summary>
    /// <inheritdoc cref="Add(TimeSpan, BlockHeader, Block?, PeerId)"/>
    public AddResult Restore(TimeSpan now, BlockHeader header, Block? block) =>
        Add(now, header, block, source: default, _restored);

    private AddResult Add(TimeSpan now, BlockHeader header, Block? block, PeerId source, OrphanPool waiting)
    {
        if (Contains(header.Id) || IsOrphan(header.Id))
        {
            return new AddResult { Status = AddStatus.Duplicate };
        }

        if (_rejected.TryGet(header.Id, out var reason))
        {
            return new AddResult { Status = AddStatus.Rejected, Reason = reason.Reason, Why = reason.Why };
        }

        // Before it can wait for its parent, so that not even that is free.
        if (header.Id.LeadingZeroBits < _limits.Work)
        {
            return Reject(
                header,
                RejectReason.TooLittleWork,
                $"its id has {header.Id.LeadingZeroBits} leading zero bits, and {_limits.Work} are asked for");
        }

        if (block is not null && block.Json.Length > _limits.BlockBytes)
        {
            return Reject(
                header, RejectReason.TooLarge, $"it has {block.Json.Length} bytes, more than {_limits.BlockBytes}");
        }

        ChainNode? parent = null;
        if (header.PreviousId.IsGenesis || TryGet(header.PreviousId, out parent))
        {
            return Connect(now, new ChainNode(header, block, parent, now), source);
        }

        if (IsRejected(header.PreviousId))
        {
            return Reject(header, RejectReason.RejectedAncestor, FollowsRejected(header));
        }

        if (_pruned.Contains(header.PreviousId))
        {
            // Its branch goes on after all: whatever of it was here is wanted again.
            _pruned.Clear();
        }

        return new AddResult
        {
            Status = AddStatus.Orphaned,
            Evicted = waiting.Add(new Orphan(header, block, now, source)),
        };
    }

    /// <summary>Removes and returns the orphans that wait for this block.</summary>
    private bool TryTakeChildren(Hash256 parent, [NotNullWhen(true)] out Queue<Orphan>? children)
    {
        var found = _orphans.TryTakeChildren(parent, out children);
        if (_restored.Count > 0 && _restored.TryTakeChildren(parent, out var restored))
        {
            children = new Queue<Orphan>([.. restored, .. children ?? []]);
            found = true;
        }

        return found;
    }

    private AddResult Connect(TimeSpan now, ChainNode node, PeerId source)
    {
        var oldTip = Tip;
        if (!TryAttach(node))
        {
            return Reject(node.Header, RejectReason.RepeatedTransaction, _main.WhyRepeated(node));
        }

        var attached = new AttachedNodes(node);
        List<RejectedBlock>? rejected = null;
        if (_orphans.Count + _restored.Count > 0 && TryTakeChildren(node.Id, out var children))
        {
            var several = new List<ChainNode> { node };
            AttachWaiting(now, node, children, several, ref rejected);
            attached = new AttachedNodes(several);
        }

        Assertions.That(
            !Assertions.AreOn || (Tip is not null && Contains(Tip.Id)),
            "After the first block there is a chain.");
        Assertions.That(!Assertions.AreOn || !IsAwaited(node.Id), "Nobody waits for what is here.");
        var reorganisation = _main.ReorganisationSince(oldTip);
        return new AddResult
        {
            Status = AddStatus.Accepted,
            Attached = attached,
            Rejected = (IReadOnlyList<RejectedBlock>?)rejected ?? [],
            TipChanged = Tip != oldTip,
            Reorganisation = reorganisation,
            Pruned = (IReadOnlyList<ChainNode>?)Prune(attached, reorganisation, source) ?? [],
        };
    }

    /// <summary>
    /// Attaches the orphans below a node, one branch to its end before the next (a branch arriving whole is cheaper
    /// to check than two in turn), with a stack of its own, since the branches may be of any length.
    /// </summary>
    private void AttachWaiting(
        TimeSpan now,
        ChainNode node,
        Queue<Orphan> children,
        List<ChainNode> attached,
        ref List<RejectedBlock>? rejected)
    {
        var waiting = new Stack<(ChainNode Parent, Queue<Orphan> Children)>();
        waiting.Push((node, children));
        while (waiting.TryPeek(out var top))
        {
            if (!top.Children.TryDequeue(out var orphan))
            {
                waiting.Pop();
                continue;
            }

            var child = new ChainNode(orphan.Header, orphan.Block, top.Parent, now);
            if (!TryAttach(child))
            {
                RejectBranch(
                    new RejectedBlock(orphan.Header, RejectReason.RepeatedTransaction, _main.WhyRepeated(child)),
                    rejected ??= []);
                continue;
            }

            attached.Add(child);
            if (TryTakeChildren(child.Id, out var grandchildren))
            {
                waiting.Push((child, grandchildren));
            }
        }
    }

    private bool TryAttach(ChainNode node)
    {
        var previousAtHeight = AtHeight(node.Height);
        if (!_main.TryAttach(node))
        {
            return false;
        }

        Assertions.That(!Assertions.AreOn || !_rejected.Contains(node.Id), "What was rejected is not attached.");
        Assertions.That(
            !Assertions.AreOn || (node.Parent is null || Contains(node.Parent.Id)),
            "Nothing in the tree hangs in the air.");
        _nodes.Add(node);
        if (node.Parent is { } parent)
        {
            parent.Children++;
        }

        if (previousAtHeight is not null)
        {
            NoteRival(previousAtHeight, node);
        }

        return true;
    }

    private static string FollowsRejected(BlockHeader header) => $"its parent {header.PreviousId.Prefix} was refused";

    private AddResult Reject(BlockHeader header, RejectReason reason, string why)
    {
        var rejected = new List<RejectedBlock>();
        RejectBranch(new RejectedBlock(header, reason, why), rejected);
        return new AddResult { Status = AddStatus.Rejected, Reason = reason, Why = why, Rejected = rejected };
    }

    private void RejectBranch(RejectedBlock first, List<RejectedBlock> rejected)
    {
        var next = rejected.Count;
        rejected.Add(first);
        for (; next < rejected.Count; next++)
        {
            var id = rejected[next].Header.Id;
            Assertions.That(!Assertions.AreOn || !Contains(id), "What is in the tree is not rejected.");
            _rejected.Add(rejected[next]);
            if (TryTakeChildren(id, out var children))
            {
                rejected.AddRange(children.Select(
                    child => new RejectedBlock(
                        child.Header, RejectReason.RejectedAncestor, FollowsRejected(child.Header))));
            }
        }
    }
}
