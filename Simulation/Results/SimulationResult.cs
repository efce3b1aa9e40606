using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation;

/// <summary>What came of a run, or of it so far.</summary>
public sealed record SimulationResult
{
    public required ulong Seed { get; init; }

    public required int Peers { get; init; }

    /// <summary>Virtual time that has passed.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <inheritdoc cref="SimulationRun.EndedBecause"/>
    public string? EndedBecause { get; init; }

    /// <inheritdoc cref="SimulationRun.ExtraSettling"/>
    public TimeSpan ExtraSettling { get; init; }

    /// <summary>Events that the engine has processed.</summary>
    public required long Events { get; init; }

    /// <summary>In the order in which they were made; those with a false id are not among them.</summary>
    public required IReadOnlyList<BlockStatistics> Blocks { get; init; }

    /// <summary>In the order of <see cref="MessageType"/>; types that never occurred are left out.</summary>
    public required IReadOnlyList<MessageStatistics> Messages { get; init; }

    /// <summary>In the order of type and reason; those that never occurred are left out.</summary>
    public required IReadOnlyList<DropStatistics> Drops { get; init; }

    /// <summary>Height of the highest chain.</summary>
    public required int Height { get; init; }

    /// <summary>Honest blocks that are not on the longest chain.</summary>
    public required int StaleBlocks { get; init; }

    /// <summary>Blocks with a false id that were made.</summary>
    public required int FalseBlocks { get; init; }

    public required long Reorganisations { get; init; }

    /// <summary>Blocks left behind by the deepest one.</summary>
    public required int DeepestReorganisation { get; init; }

    public required long Transactions { get; init; }

    public required long Bans { get; init; }

    /// <summary>
    /// Time from the making of a block until half of those it is meant for had it, over all blocks: of the honest peers
    /// that were running when it was made, its maker included.
    /// </summary>
    public required Percentiles HalfReached { get; init; }

    /// <summary>Time until nine tenths of them had it.</summary>
    public required Percentiles MostReached { get; init; }

    /// <summary>
    /// Times of all arrivals of all blocks at those they are meant for, their makers excluded, from their making.
    /// </summary>
    public required Percentiles Propagation { get; init; }

    /// <summary>
    /// How the share that has a block grows with time, of those it is meant for, by whole percents; those that no block
    /// ever reached are left out.
    /// </summary>
    public required IReadOnlyList<CoveragePoint> Coverage { get; init; }

    /// <summary>
    /// When the peers' announcements of blocks reached the monitor, from the first one of each block; null: there is
    /// none, or it heard of no block that counts.
    /// </summary>
    public Percentiles? Monitor { get; init; }

    /// <summary>Copies received for each useful one, INV, BLOCK and TX together; at least 1.</summary>
    public required double Redundancy { get; init; }

    /// <summary>
    /// What those had of it who made blocks with true ids and did not follow the protocol; null: there were none.
    /// </summary>
    public AttackStatistics? Attack { get; init; }

    /// <summary>
    /// What the signatures of a signed network come to, of all peers together; null: it is not signed.
    /// </summary>
    public SignatureStatistics? Signatures { get; init; }

    /// <summary>Share of (honest block, honest peer that is up) pairs where the peer has the block.</summary>
    public required double Delivery { get; init; }
}

/// <summary>How one block spread.</summary>
/// <param name="Id">64 hex digits.</param>
/// <param name="MadeAt">Virtual time since the start of the run.</param>
/// <param name="OnChain">Whether it is on the longest chain at the end.</param>
/// <param name="Reached">Peers of any kind that had it, its maker included, at some time.</param>
/// <param name="MeantFor">Honest peers that were running when it was made, its maker included.</param>
/// <param name="Half">Seconds until half of those it is meant for had it; null: so many never did.</param>
/// <param name="Most">Seconds until nine tenths of them had it.</param>
/// <param name="All">Seconds until the last of them had it.</param>
public sealed record BlockStatistics(
    string Id,
    PeerId Maker,
    int Height,
    TimeSpan MadeAt,
    bool OnChain,
    int Reached,
    int MeantFor,
    double? Half,
    double? Most,
    double? All);

/// <summary>Blocks of attackers and of others, and what became of them.</summary>
/// <param name="Blocks">Made by attackers, hidden ones included.</param>
/// <param name="Stale">Of these, not on the chain of the honest peers at the end.</param>
/// <param name="OthersBlocks">Made by honest peers.</param>
/// <param name="OthersStale">Of these, not on the chain.</param>
/// <param name="Ties">
/// Honest blocks built on one of several blocks of the same height, of attackers and of others.
/// </param>
/// <param name="TiesWon">Of these, on an attacker's.</param>
/// <param name="DoubleSpends">Payments that were taken back or given up.</param>
/// <param name="DoubleSpent">Of these, taken back.</param>
public sealed record AttackStatistics(
    int Blocks, int Stale, int OthersBlocks, int OthersStale, int Ties, int TiesWon, int DoubleSpends, int DoubleSpent)
{
    /// <summary>The attackers' share of the blocks that were made.</summary>
    public double Share => (double)Blocks / (Blocks + OthersBlocks);

    /// <summary>The attackers' share of the blocks on the chain; null: it has none.</summary>
    public double? Revenue => Blocks + OthersBlocks - Stale - OthersStale is > 0 and var chain
        ? (double)(Blocks - Stale) / chain
        : null;

    /// <summary>
    /// γ of Eyal and Sirer: which share of the others' power works on the attackers' block in a tie, by the blocks that
    /// it found; null: there was no tie.
    /// </summary>
    public double? Gamma => Ties > 0 ? (double)TiesWon / Ties : null;
}

/// <param name="Made">Signatures made: of transactions, blocks, RELAYs and the proofs of connections.</param>
/// <param name="Verified">Signatures verified; what a node remembers is verified once.</param>
public sealed record SignatureStatistics(long Made, long Verified);

/// <param name="Received">Arrived, useful or not.</param>
/// <param name="Bytes">Put on the links.</param>
public sealed record MessageStatistics(
    MessageType Type, long Sent, long Received, long Redundant, long Dropped, long Bytes);

/// <summary>
/// Seconds from the making of a block until a share of those it is meant for had it, over all blocks; null: never.
/// </summary>
/// <param name="Share">0.01..1.</param>
/// <param name="Blocks">How many blocks reached so many.</param>
public sealed record CoveragePoint(double Share, int Blocks, double? P10, double? P50, double? P90);

public sealed record DropStatistics(MessageType Type, DropReason Reason, long Count);

/// <summary>Of a sample of times, in seconds; null: never, or there are none.</summary>
/// <param name="Count">How many there are, what never happened among them: it took longer than all that did.</param>
public sealed record Percentiles(
    long Count, double? Mean, double? P10, double? P50, double? P90, double? P99, double? Max)
{
    public static Percentiles None { get; } = new(0, null, null, null, null, null, null);
}

/// <summary>How far a run has come.</summary>
/// <param name="Elapsed">Virtual time.</param>
/// <param name="Share">0..1, by time or blocks; 1 only at the end.</param>
public sealed record SimulationProgress(TimeSpan Elapsed, long Events, int Blocks, double Share);
