using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>What waits in a peer - messages, orphans, transactions - is no more than its settings allow.</summary>
public sealed class QueuesWithinLimits : IInvariant
{
    public string Name => "queues-within-limits";

    public string? Check(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var peer in run.Running)
        {
            var (settings, ledger) = (peer.Plan.Settings, peer.Core.Ledger);
            if (ledger.Chain.Orphans.Count > settings.OrphanLimit)
            {
                return $"{peer.Id} has {ledger.Chain.Orphans.Count} orphans";
            }

            if (ledger.Pool.Count > settings.PoolLimit)
            {
                return $"{peer.Id} has {ledger.Pool.Count} transactions in its pool";
            }

            if (ledger.Pool.MemoryBytes > settings.PoolBytes)
            {
                return $"{peer.Id} has {ledger.Pool.MemoryBytes} bytes of transactions in its pool";
            }

            if (settings.QueueLimit > 0 && LongestQueue(peer) is { } waiting && waiting > settings.QueueLimit)
            {
                return $"{peer.Id} has {waiting} messages waiting for one peer";
            }
        }

        return null;
    }

    private static int LongestQueue(SimulatedPeer peer)
    {
        var longest = 0;
        foreach (var other in peer.Core.Table.All)
        {
            for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
            {
                longest = Math.Max(longest, other.Waiting(priority));
            }
        }

        return longest;
    }
}
