using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>A block that can never be in the tree.</summary>
/// <param name="Why">The rule, and what breaks it, in words for people.</param>
public sealed record RejectedBlock(BlockHeader Header, RejectReason Reason, string Why);
