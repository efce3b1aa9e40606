using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>A block that waits for its parent.</summary>
/// <param name="Block">Null on a light peer.</param>
/// <param name="ArrivedAt">By the host's clock, since the Unix epoch.</param>
public sealed record Orphan(BlockHeader Header, Block? Block, TimeSpan ArrivedAt);
