using Blockchain.Experiments.Attacks.Kinds;

namespace Blockchain.Experiments.Attacks;

/// <summary>Every attack by its name. Each is made anew for each run, since it remembers what it has seen.</summary>
internal static class AttackCatalogue
{
    private const int InventoryLimit = 50_000;

    public static IReadOnlyList<Attack> All() =>
    [
        new Silence(),
        new BigTransactions("big-transactions", count: 16, bytes: 1_900_000),
        new BigTransactions("huge-transactions", count: 160, bytes: 4_100_000),
        new BigOrphans(),
        new BigSideBlocks(),
        new UnfinishedLines(),
        AlikeIds(),
        UnknownIds(),
        new ForgedHeaders(),
        new MadeUpPeers(600),
        new MadeUpPeers(10_000),
        new ForgedPongs(),
        new UsedIds(),
        new DeafAskers(),
        new ManyTransactions(),
        new ManyBlocks(),
        new ReplayedBlocks(),
        new MalformedLines(),
        new ManyConnections(),
        new ManyRequests(),
        Mix(count: 60),
    ];

    /// <summary>The worst together: memory, processor, false names and false headers at the same time.</summary>
    /// <param name="count">How many of each kind of big message.</param>
    public static Attack Mix(int count) => new Mix(
        "mix",
        "do ten of these at the same time",
        new BigTransactions("big-transactions", count, bytes: 1_900_000),
        new UnfinishedLines(),
        new BigSideBlocks(count),
        AlikeIds(),
        UnknownIds(),
        new ForgedHeaders(),
        new MadeUpPeers(10_000),
        new ForgedPongs(),
        new DeafAskers(),
        new ManyTransactions());

    private static UnknownInventory AlikeIds() => new(
        "alike-ids",
        $"announce {InventoryLimit:N0} blocks that nobody has, whose ids are the same but for two bytes",
        InventoryLimit,
        Material.AlikeId);

    private static UnknownInventory UnknownIds() => new(
        "unknown-ids",
        $"announce {InventoryLimit:N0} blocks that nobody has, and send PING",
        InventoryLimit,
        _ => Material.NobodysId());
}
