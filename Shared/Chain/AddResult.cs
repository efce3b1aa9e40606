namespace Blockchain.Shared.Chain;

/// <summary>What a block that was given to a <see cref="BlockTree"/> brought about.</summary>
public readonly record struct AddResult
{
    private readonly IReadOnlyList<RejectedBlock>? _rejected;

    public required AddStatus Status { get; init; }

    /// <summary>Why the block itself is rejected; <see cref="RejectReason.None"/> unless it is.</summary>
    public RejectReason Reason { get; init; }

    /// <summary>The same in words for people: which rule, and what breaks it.</summary>
    public string Why { get => field ?? ""; init; }

    /// <summary>The block itself and the orphans that had waited for it, parents before children.</summary>
    public AttachedNodes Attached { get; init; }

    /// <summary>
    /// The blocks found to be unacceptable by this call: the block itself and orphans that had waited for it. Empty
    /// for a block that was known to be rejected before.
    /// </summary>
    public IReadOnlyList<RejectedBlock> Rejected
    {
        get => _rejected ?? [];
        init => _rejected = value;
    }

    /// <summary>The orphans that had to go to make room for this one.</summary>
    public IReadOnlyList<Orphan> Evicted
    {
        get => field ?? [];
        init;
    }

    /// <summary>The blocks off the chain that had to go to make room, perhaps the block itself.</summary>
    public IReadOnlyList<ChainNode> Pruned
    {
        get => field ?? [];
        init;
    }

    public bool TipChanged { get; init; }

    /// <summary>Null when the chain was extended at its tip or did not change.</summary>
    public Reorganisation? Reorganisation { get; init; }
}
