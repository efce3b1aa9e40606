using System.Globalization;
using Blockchain.Shared.Messages;
using Blockchain.Simulation;

namespace Blockchain.Lab.Experiments;

/// <summary>All measures. The files have every one of them, the pictures those that an experiment draws.</summary>
internal static class Measures
{
    public static readonly Measure Half = new(
        "half_s",
        "Until half of the peers have a block",
        "s",
        "time from the making of an honest block until half of all peers had it, median over the blocks; none if most blocks never got so far",
        run => Median(run.Result.Blocks, block => block.Half));

    public static readonly Measure Most = new(
        "most_s",
        "Until nine tenths of the peers have a block",
        "s",
        "the same for nine tenths of all peers",
        run => Median(run.Result.Blocks, block => block.Most));

    public static readonly Measure InTime = new(
        "in_time",
        "Blocks delivered in time",
        "",
        "share of the pairs of an honest block and another honest peer, up when the block was made, where it arrived within "
        + Arrivals.Patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        run => run.InTime)
    { IsShare = true };

    public static readonly Measure Delivery = new(
        "delivery",
        "Blocks delivered in the end",
        "",
        "share of the pairs of an honest block and an honest peer that is up at the end, where the peer has the block then",
        run => run.Result.Blocks.Count == 0 ? null : run.Result.Delivery)
    { IsShare = true };

    public static readonly Measure Stale = new(
        "stale",
        "Stale blocks",
        "",
        "share of the honest blocks that are not on the longest chain at the end, since another block was made before they were known",
        run => run.Result.Blocks.Count == 0 ? null : (double)run.Result.StaleBlocks / run.Result.Blocks.Count)
    { IsShare = true };

    public static readonly Measure Redundancy = new(
        "redundancy",
        "Redundant copies for each useful one",
        "",
        "messages of the kinds INV, BLOCK and TX that told their receiver nothing new, for each one that did",
        run => run.Result.Redundancy);

    public static readonly Measure RedundantInv = OfType(
        "redundant_inv", "Redundant announcements (INV) for each useful one", MessageType.Inv);

    public static readonly Measure RedundantTransactions = OfType(
        "redundant_tx", "Redundant transactions (TX) for each useful one", MessageType.Tx);

    public static readonly Measure RedundantBlocks = OfType(
        "redundant_block", "Redundant blocks (BLOCK) for each useful one", MessageType.Block);

    public static readonly Measure Traffic = new(
        "kilobytes_per_block",
        "Traffic for each block and peer",
        "kB",
        "bytes of all messages sent, for each peer and each honest block made, in thousands",
        run => run.Result.Blocks.Count == 0
            ? null
            : run.Result.Messages.Sum(type => type.Bytes) / 1e3 / run.Result.Peers / run.Result.Blocks.Count);

    /// <summary>In the order of the files' columns.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        Half, Most, InTime, Delivery, Stale, Redundancy, RedundantInv, RedundantTransactions, RedundantBlocks, Traffic,
    ];

    private static Measure OfType(string key, string name, MessageType type) => new(
        key,
        name,
        "",
        $"messages of the kind {type.Name()} that told their receiver nothing new, for each one that did",
        run => run.Result.Messages.FirstOrDefault(counted => counted.Type == type) is { } counted
            && counted.Received > counted.Redundant
                ? (double)counted.Redundant / (counted.Received - counted.Redundant)
                : null);

    /// <summary>A block that never got so far took longer than any that did.</summary>
    private static double? Median(IReadOnlyList<BlockStatistics> blocks, Func<BlockStatistics, double?> time)
    {
        if (blocks.Count == 0)
            return null;
        var times = blocks.Select(block => time(block) ?? double.PositiveInfinity).Order().ToArray();
        var median = (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
        return double.IsFinite(median) ? median : null;
    }
}
