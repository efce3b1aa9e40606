using Blockchain.Shared;

namespace Blockchain.Simulation.Invariants;

/// <summary>
/// In the end every honest peer has every honest block that an honest full peer connected to it has. Connected: by a
/// path of honest full peers of which each knows the next, directly or over relays. Checked where the protocol
/// promises it: headers are exchanged, or nothing is ever lost.
/// </summary>
public sealed class EveryBlockEverywhere : IEventualInvariant
{
    public string Name => "every-block-everywhere";

    public string? CheckAtEnd(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (WhyNotPromised(run) is not null)
        {
            return null;
        }

        var groups = new ConnectedPeers(run);

        // Of those that have the same blocks, as nearly all have in the end, one of each kind and group stands for all.
        var honest = run.Honest
            .DistinctBy(peer => (groups.Of(peer), peer.Plan.Info.Light, peer.Core.Ledger.Chain.Count, peer.TreeDigest))
            .ToList();
        foreach (var record in run.Blocks.Blocks)
        {
            var id = record.Block.Block;
            var holding = new HashSet<int>(honest
                .Where(peer => !peer.Plan.Info.Light && peer.Core.Ledger.Chain.Contains(id))
                .Select(groups.Of));
            var lacking = honest.Find(
                peer => holding.Contains(groups.Of(peer)) && !peer.Core.Ledger.Chain.Contains(id));
            if (lacking is not null)
            {
                return $"{lacking.Id} lacks {id}, made by {record.Maker.Id} at {record.MadeAt.TotalSeconds:F3} s, "
                    + "which a peer connected to it has";
            }
        }

        return null;
    }

    public string? WhyNotPromised(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Config.Stop.Settle == TimeSpan.Zero)
        {
            return "the run does not wait for the last blocks";
        }

        if (run.Running.Any(peer => peer.Core.Addresses is not null))
        {
            return "who knows a peer need not be its neighbour";
        }

        if (run.Running.All(peer => peer.Plan.Settings.SyncInterval > TimeSpan.Zero))
        {
            return null;
        }

        var mayMiss = run.Config switch
        {
            { Faults.Count: > 0 } => "a fault may keep a block from some peers",
            { Network: not GeneratedNetwork } => "a message may be lost",
            { Network: GeneratedNetwork { Loss: > 0 } or GeneratedNetwork { Settings.DropProbability: > 0 } } =>
                "messages are lost",
            {
                Network: GeneratedNetwork
                {
                    Settings.Relay: RelayRules.Usual or RelayRules.Dandelion or RelayRules.Reconcile,
                } network,
            }
                when network.Settings.Fanout < network.Peers => "the fan-out leaves neighbours out",
            {
                Network: GeneratedNetwork
                {
                    Settings.Relay: not (RelayRules.Usual or RelayRules.Push or RelayRules.Flood or RelayRules.Compact
                        or RelayRules.PushPull or RelayRules.Mesh or RelayRules.Dandelion or RelayRules.Reconcile),
                },
            }
                => "the relay rule may leave neighbours out",
            _ => null,
        };
        return mayMiss is null ? null : $"{mayMiss}, and not all peers exchange headers at intervals";
    }
}
