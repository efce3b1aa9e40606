using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>A block that waits for its parent.</summary>
/// <param name="Block">Null on a light peer.</param>
/// <param name="ArrivedAt">By the host's clock, since the Unix epoch.</param>
/// <param name="Source">Who delivered it.</param>
public sealed record Orphan(BlockHeader Header, Block? Block, TimeSpan ArrivedAt, PeerId Source = default)
{
    private const int HeaderBytes = 256;

    /// <summary>Bytes that it takes in memory, about.</summary>
    public int MemoryBytes => Block?.MemoryBytes ?? HeaderBytes;
}
