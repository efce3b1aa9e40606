using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>A transaction is in a chain once at most, and then not in the pool.</summary>
public sealed class NoTransactionTwice : IInvariant
{
    /// <summary>Chains that were found to be good, by their tips.</summary>
    private readonly HashSet<Hash256> _good = [];

    public string Name => "no-transaction-twice";

    public string? Check(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var peer in run.Running.Where(peer => !peer.Plan.Info.Light))
        {
            var ledger = peer.Core.Ledger;
            if (ledger.Chain.Tip is { } tip && _good.Add(tip.Id) && Repeated(peer) is { } repeated)
            {
                return $"{peer.Id} has {repeated} twice in its chain";
            }

            foreach (var pooled in ledger.Pool)
            {
                if (ledger.Chain.ContainsTransaction(pooled.Id))
                {
                    return $"{peer.Id} has {pooled.Id} both in its chain and in its pool";
                }
            }
        }

        return null;
    }

    private static Hash256? Repeated(SimulatedPeer peer)
    {
        var seen = new HashSet<Hash256>();
        foreach (var node in peer.Core.Ledger.Chain.Nodes)
        {
            foreach (var id in node.TransactionIds)
            {
                if (!seen.Add(id))
                {
                    return id;
                }
            }
        }

        return null;
    }
}
