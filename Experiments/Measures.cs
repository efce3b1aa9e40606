using System.Globalization;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;
using Repetition = Blockchain.Events.Redundancy;

namespace Blockchain.Experiments;

/// <summary>All measures. The files have every one of them, the pictures those that an experiment draws.</summary>
internal static class Measures
{
    /// <summary>
    /// A block is in time within so long: the usual time between two header exchanges, by which a peer catches up on
    /// what gossip left out.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static readonly Measure Half = new(
        "half_s",
        "Until half of the peers have a block",
        "s",
        "time from the making of an honest block until half of the honest peers that were up then had it, its "
        + "maker included; median over the blocks; none if most blocks never got so far",
        run => run.Result.HalfReached.P50);

    public static readonly Measure Most = new(
        "most_s",
        "Until nine tenths of the peers have a block",
        "s",
        "the same for nine tenths of them",
        run => run.Result.MostReached.P50);

    public static readonly Measure InTime = new(
        "in_time",
        "Blocks delivered in time",
        "",
        "share of the pairs of an honest block and another honest peer, up when it was made, where it arrived within "
        + Patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        run => run.InTime)
    { IsShare = true };

    public static readonly Measure Delivery = new(
        "delivery",
        "Blocks delivered in the end",
        "",
        "share of the pairs of an honest block and an honest peer that is up at the end, where the peer has the block "
        + "then",
        run => run.Result.Blocks.Count == 0 ? null : run.Result.Delivery)
    { IsShare = true };

    public static readonly Measure Stale = new(
        "stale",
        "Stale blocks",
        "",
        "share of the honest blocks that are not on the longest chain at the end: forks, where another block was made "
        + "before the last one was known",
        run => Share(run.Result.StaleBlocks, run.Result.Blocks.Count))
    { IsShare = true };

    public static readonly Measure Redundancy = new(
        "redundancy",
        "Copies received for each useful one",
        "",
        "INV, BLOCK and TX received, for each one that told something new; an announcement does as long as its block "
        + "is not here, also while it is on its way",
        run => run.Result.Redundancy)
    { Counts = "copies received for each useful one" };

    public static readonly Measure Announcements = new(
        "announcements",
        "Announcements of each block at each peer",
        "",
        "INV received by all peers, for each time that a peer got a block; one would do",
        run => Share(Count(run, MessageType.Inv)?.Received ?? 0, run.Result.Blocks.Sum(block => block.Reached - 1)))
    { Counts = "announcements of each block at each peer" };

    public static readonly Measure CopiesOfInv = OfType(
        "copies_inv", "Announcements (INV) received for each useful one", "announcements (INV)", MessageType.Inv);

    public static readonly Measure CopiesOfTransactions = OfType(
        "copies_tx", "Transactions (TX) received for each useful one", "transactions (TX)", MessageType.Tx);

    public static readonly Measure CopiesOfBlocks = OfType(
        "copies_block", "Blocks (BLOCK) received for each useful one", "blocks (BLOCK)", MessageType.Block);

    public static readonly Measure Traffic = new(
        "kilobytes_per_block",
        "Traffic for each block and peer",
        "kB",
        "bytes of all messages sent, for each peer and each honest block made, in thousands",
        run => Share(
            run.Result.Messages.Sum(type => type.Bytes) / 1e3,
            (long)run.Result.Peers * run.Result.Blocks.Count));

    public static readonly Measure TrafficOfBlocks = new(
        "kilobytes_of_blocks",
        "Traffic of blocks, for each block and peer",
        "kB",
        "bytes of INV, GETBLOCK, BLOCK, CMPCTBLOCK, GETBLOCKTXN and BLOCKTXN sent, for each peer and each honest block "
        + "made, in thousands; with the rules mesh and push-pull, a part of what tells of blocks counts "
        + "with transactions",
        run => Share(
            Bytes(run, MessageType.Inv, MessageType.GetBlock, MessageType.Block, MessageType.SendCompact,
                MessageType.CompactBlock, MessageType.GetBlockTransactions, MessageType.BlockTransactions) / 1e3,
            (long)run.Result.Peers * run.Result.Blocks.Count));

    public static readonly Measure TrafficOfTransactions = new(
        "bytes_of_transactions",
        "Traffic of transactions, for each transaction and peer",
        "B",
        "bytes of TX, STEMTX, RUMOURS, IHAVE, IWANT, GRAFT, PRUNE, REQRECON, SKETCH and RECONCILDIFF sent, for each peer "
        + "and each transaction made",
        run => Share(
            Bytes(run, MessageType.Tx, MessageType.Stem, MessageType.Rumours, MessageType.Have,
                MessageType.WantTransactions, MessageType.Graft, MessageType.Prune, MessageType.RequestSketch,
                MessageType.Sketch, MessageType.SketchDifference),
            run.Result.Peers * run.Result.Transactions))
    { Counts = "bytes per transaction and peer" };

    public static readonly Measure FalseBlocks = new(
        "false_per_honest",
        "False blocks for each honest one",
        "",
        "blocks with an id that is not their hash, for each one whose id is",
        run => Share(run.Result.FalseBlocks, run.Result.Blocks.Count))
    { Counts = "false blocks for each honest one" };

    public static readonly Measure Bans = new(
        "bans_per_peer",
        "Bans for each peer",
        "",
        "how often a peer banned another one, for each peer of the network",
        run => Share(run.Result.Bans, run.Result.Peers))
    { Counts = "bans for each peer" };

    public static readonly Measure FooledResidents = new(
        "fooled_residents",
        "Light peers of the plan with false headers",
        "",
        "share of the light peers of the plan whose chain at the end has a header of a block that nobody has made",
        run => run.Deceived?.Residents)
    { IsShare = true };

    public static readonly Measure FooledNewcomers = new(
        "fooled_newcomers",
        "Light newcomers with false headers",
        "",
        "the same of light peers that joined later",
        run => run.Deceived?.Newcomers)
    { IsShare = true };

    public static readonly Measure LostNewcomers = new(
        "lost_newcomers",
        "Full newcomers without the chain",
        "",
        "share of the full peers that joined later whose chain at the end is more than three blocks behind",
        run => run.Deceived?.Lost)
    { IsShare = true };

    public static readonly Measure Revenue = new(
        "revenue",
        "Attackers' blocks on the chain",
        "",
        "share of the blocks on the chain of the honest peers at the end that attackers have made",
        run => run.Result.Attack?.Revenue)
    { IsShare = true };

    public static readonly Measure Gain = new(
        "gain",
        "What the attackers gain",
        "",
        "their share of the blocks on the chain, less their share of all blocks that were made",
        run => run.Result.Attack is { Revenue: { } revenue } attack ? revenue - attack.Share : null)
    { IsShare = true };

    public static readonly Measure Gamma = new(
        "gamma",
        "Others' power on the attackers' side of a tie (gamma)",
        "",
        "of the honest blocks built on one of several blocks of the same height, of attackers and of others: the share "
        + "that was built on an attacker's",
        run => run.Result.Attack?.Gamma)
    { IsShare = true };

    public static readonly Measure AttackersStale = new(
        "attackers_stale",
        "Stale blocks of the attackers",
        "",
        "share of the attackers' blocks that are not on the chain at the end, those that nobody was shown included",
        run => run.Result.Attack is { } attack ? Share(attack.Stale, attack.Blocks) : null)
    { IsShare = true };

    public static readonly Measure OthersStale = new(
        "others_stale",
        "Stale blocks of the others",
        "",
        "the same of the blocks of honest peers",
        run => run.Result.Attack is { } attack ? Share(attack.OthersStale, attack.OthersBlocks) : null)
    { IsShare = true };

    public static readonly Measure DoubleSpent = new(
        "double_spent",
        "Payments taken back",
        "",
        "share of the double spends that ended, by success or by giving up, that succeeded: the attacker showed a "
        + "longer branch after all confirmations",
        run => run.Result.Attack is { } attack ? Share(attack.DoubleSpent, attack.DoubleSpends) : null)
    { IsShare = true };

    public static readonly Measure Eclipsed = new(
        "eclipsed",
        "Peers all of whose chosen neighbours are attackers",
        "",
        "share of the honest peers that restarted, and then drew as many neighbours as they may, that drew attackers "
            + "only",
        run => run.Eclipsed)
    { IsShare = true };

    /// <summary>In the order of the files' columns.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        Half, Most, InTime, Delivery, Stale, Redundancy, Announcements, CopiesOfInv, CopiesOfTransactions,
        CopiesOfBlocks, Traffic, TrafficOfBlocks, TrafficOfTransactions, FalseBlocks, Bans, FooledResidents,
        FooledNewcomers, LostNewcomers,
        Revenue, Gain, Gamma, AttackersStale, OthersStale, DoubleSpent, Eclipsed,
    ];

    private static Measure OfType(string key, string name, string shortName, MessageType type) => new(
        key,
        name,
        "",
        $"messages of the kind {type.Name()} received, for each one that told something new",
        run => Count(run, type) is { } counted ? Repetition.CopiesPerUseful(counted.Received, counted.Redundant) : null)
    { ShortName = shortName, Counts = "copies received for each useful one" };

    private static double Bytes(FinishedRun run, params ReadOnlySpan<MessageType> types)
    {
        double bytes = 0;
        foreach (var type in types)
        {
            bytes += Count(run, type)?.Bytes ?? 0;
        }

        return bytes;
    }

    private static MessageStatistics? Count(FinishedRun run, MessageType type) =>
        run.Result.Messages.FirstOrDefault(counted => counted.Type == type);

    private static double? Share(double part, long whole) => whole > 0 ? part / whole : null;
}
