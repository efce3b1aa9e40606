using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Results;

/// <summary>What those had of it who do not follow the protocol.</summary>
internal static class AttackOf
{
    /// <param name="onChain">Whether a block is on the chain of the honest peers at the end.</param>
    /// <returns>Null if there was nobody who made blocks with true ids and did not follow the protocol.</returns>
    public static AttackStatistics? Run(
        SimulationRun run, IReadOnlyList<BlockRecord> records, Func<Hash256, bool> onChain)
    {
        var (own, ownStale, others, othersStale) = (0, 0, 0, 0);
        foreach (var record in records)
        {
            var isStale = onChain(record.Block.Block) ? 0 : 1;
            if (record.Maker.IsHonest)
            {
                (others, othersStale) = (others + 1, othersStale + isStale);
            }
            else
            {
                (own, ownStale) = (own + 1, ownStale + isStale);
            }
        }

        if (own == 0)
        {
            return null;
        }

        var (ties, won) = Ties(records);
        return new AttackStatistics(
            own, ownStale, others, othersStale, ties, won, run.Statistics.DoubleSpends, run.Statistics.DoubleSpent);
    }

    /// <summary>
    /// Honest blocks that were built on one of two blocks of the same height, of which one is an attacker's and the
    /// other is not: how many, and how many of them on the attacker's.
    /// </summary>
    private static (int All, int Won) Ties(IReadOnlyList<BlockRecord> records)
    {
        var isAttackers = new Dictionary<Hash256, bool>(records.Count);
        var sides = new Dictionary<int, (bool Attackers, bool Others)>();
        foreach (var record in records)
        {
            isAttackers[record.Block.Block] = !record.Maker.IsHonest;
            var (attackers, others) = sides.GetValueOrDefault(record.Height);
            sides[record.Height] = (attackers || !record.Maker.IsHonest, others || record.Maker.IsHonest);
        }

        var (all, won) = (0, 0);
        foreach (var record in records)
        {
            if (record.Maker.IsHonest
                && sides.GetValueOrDefault(record.Height - 1) is (true, true)
                && isAttackers.TryGetValue(record.Block.Parent, out var isWon))
            {
                (all, won) = (all + 1, won + (isWon ? 1 : 0));
            }
        }

        return (all, won);
    }
}
