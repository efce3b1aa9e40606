namespace Blockchain.Simulation;

/// <summary>How the time between two blocks or transactions is drawn.</summary>
public enum Arrivals
{
    /// <summary>A Poisson process, as mining is: exponential gaps.</summary>
    Exponential,

    /// <summary>Equal gaps.</summary>
    Periodic,
}

/// <summary>
/// What is made. For blocks and transactions each: with an interval, the simulator chooses who makes the next one, and
/// the peers' own timers for it rest; without one, the peers make what their settings say, which is nothing in
/// generated networks as they usually are.
/// </summary>
public sealed record WorkloadConfig
{
    /// <summary>Mean time between two blocks of the whole network; null: not by the simulator.</summary>
    public TimeSpan? BlockInterval { get; init; }

    /// <summary>Mean time between two transactions of the whole network; null: not by the simulator.</summary>
    public TimeSpan? TransactionInterval { get; init; }

    public Arrivals Arrivals { get; init; }

    /// <summary>
    /// Bytes of a block on a link, in place of its encoded size; null: the encoded size. Without effect where links
    /// have no bandwidth.
    /// </summary>
    public int? BlockBytes { get; init; }

    /// <summary>
    /// Standard deviation of the weights by which makers are chosen, as a share of their mean: normal, none below
    /// zero. 0: all full peers alike. SimBlock's mining power has 0.25 (400,000 ± 100,000).
    /// </summary>
    public double MakerSpread { get; init; }
}

/// <summary>
/// When a run ends. At the duration or the number of blocks, whichever comes first, nothing new is made any more; the
/// run then goes on until nothing is on its way or <see cref="Settle"/> has passed, and is checked once more.
/// </summary>
public sealed record StopCondition
{
    /// <summary>Virtual time; null: only by the number of blocks.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Blocks made by the network; null: only by time.</summary>
    public int? Blocks { get; init; }

    /// <summary>Virtual time for what was made last to reach everyone.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(1);
}
