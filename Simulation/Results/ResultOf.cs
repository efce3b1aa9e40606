using Blockchain.Events;

namespace Blockchain.Simulation.Results;

/// <summary>Sums a run up.</summary>
internal static class ResultOf
{
    public static SimulationResult Run(SimulationRun run, IReadOnlyList<BlockRecord> records, int falseBlocks)
    {
        var best = run.Honest.MaxBy(peer => peer.Core.Ledger.Chain.Height)?.Core.Ledger.Chain;
        var blocks = records.Select(record => new BlockStatistics(
            record.Block.Block.ToString(),
            record.Maker.Id,
            record.Height,
            record.MadeAt,
            best?.IsOnChain(record.Block.Block) ?? false,
            record.Reached,
            record.MeantFor,
            record.UntilShare(Spread.Half),
            record.UntilShare(Spread.Most),
            record.UntilShare(Spread.All))).ToList();
        var statistics = run.Statistics;
        return new SimulationResult
        {
            Seed = run.Config.Seed,
            Peers = run.Peers.Count,
            Elapsed = run.Elapsed,
            EndedBecause = run.EndedBecause,
            ExtraSettling = run.ExtraSettling,
            Events = run.Events,
            Blocks = blocks,
            Messages = statistics.Messages(),
            Drops = statistics.Drops(),
            Height = best?.Height ?? 0,
            StaleBlocks = blocks.Count(block => !block.OnChain),
            FalseBlocks = falseBlocks,
            Reorganisations = statistics.Reorganisations,
            DeepestReorganisation = statistics.DeepestReorganisation,
            Transactions = statistics.Transactions,
            Bans = statistics.Bans,
            HalfReached = Until(blocks, block => block.Half),
            MostReached = Until(blocks, block => block.Most),
            Propagation = PercentilesOf.Sample(Delays(records)),
            Coverage = Coverage(records),
            Monitor = run.Monitor?.Announcements,
            Redundancy = statistics.Redundancy,
            Attack = AttackOf.Run(run, records, id => best?.IsOnChain(id) ?? false),
            Signatures = run.Signatures?.Statistics,
            Delivery = Delivery(run, records),
        };
    }

    public static double? ShareWithin(IReadOnlyList<BlockRecord> records, TimeSpan time)
    {
        long wanted = 0, inTime = 0;
        foreach (var record in records)
        {
            wanted += record.MeantFor - 1;
            foreach (var delay in record.DelaysOfOthers)
            {
                inTime += delay <= time.TotalSeconds ? 1 : 0;
            }
        }

        return wanted == 0 ? null : (double)inTime / wanted;
    }

    /// <summary>A block that never got so far took longer than any that did.</summary>
    private static Percentiles Until<T>(IReadOnlyList<T> blocks, Func<T, double?> time) =>
        PercentilesOf.Sample([.. blocks.Select(time).OfType<double>()], blocks.Count);

    private static List<double> Delays(IReadOnlyList<BlockRecord> records)
    {
        var delays = new List<double>(records.Sum(record => record.Delays.Length));
        foreach (var record in records)
        {
            // The maker's own is no propagation.
            foreach (var delay in record.DelaysOfOthers)
            {
                delays.Add(delay);
            }
        }

        return delays;
    }

    private static List<CoveragePoint> Coverage(IReadOnlyList<BlockRecord> records)
    {
        var points = new List<CoveragePoint>();
        for (var percent = 1; percent <= 100; percent++)
        {
            var share = percent / 100.0;
            var reached = records.Count(record => record.UntilShare(share) is not null);
            if (reached > 0)
            {
                var times = Until(records, record => record.UntilShare(share));
                points.Add(new CoveragePoint(share, reached, times.P10, times.P50, times.P90));
            }
        }

        return points;
    }

    private static double Delivery(SimulationRun run, IReadOnlyList<BlockRecord> records)
    {
        long delivered = 0, wanted = 0;
        foreach (var peer in run.Honest)
        {
            wanted += records.Count;
            delivered += records.Count(record => peer.Core.Ledger.Chain.Contains(record.Block.Block));
        }

        return wanted == 0 ? 1 : (double)delivered / wanted;
    }
}
