using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

/// <summary>How much of what others send a <see cref="LocalLedger"/> keeps.</summary>
public sealed record LedgerLimits
{
    private const long MiB = 1024 * 1024;

    /// <summary>Blocks kept whose parent is missing.</summary>
    public int Orphans { get; init; } = 1_000;

    public long OrphanBytes { get; init; } = 8 * MiB;

    /// <summary>Blocks kept that are not on the chain.</summary>
    public int SideBlocks { get; init; } = 5_000;

    public long SideBlockBytes { get; init; } = 8 * MiB;

    /// <summary>Transactions that wait for a block.</summary>
    public int PoolTransactions { get; init; } = 200_000;

    public long PoolBytes { get; init; } = 16 * MiB;

    /// <summary>
    /// Bytes of a block: a rule of the chain, so it must be the same for all peers of a network. What is longer could
    /// not travel in a RELAY.
    /// </summary>
    public int BlockBytes { get; init; } = WireLimits.LineBytes - WireLimits.RelayEnvelope;

    /// <summary>
    /// Leading zero bits of the id of each block: a rule of the chain too. Since they are the same for all, the longest
    /// branch is the one with the most work.
    /// </summary>
    public int Work { get; init; }

    /// <summary>
    /// Bytes of a transaction as it stands in a block: one that fits into no block would wait for ever.
    /// </summary>
    public int TransactionBytes => BlockBytes - WireLimits.BlockEnvelope;
}
