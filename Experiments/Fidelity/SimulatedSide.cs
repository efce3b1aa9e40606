using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Fidelity;

/// <summary>The figures of a network in virtual time.</summary>
internal static class SimulatedSide
{
    public static NetworkFigures Measure(NetworkPlan plan, Schedule schedule, ulong seed)
    {
        var nodes = new List<Node>();
        var run = new SimulationRun(
            new SimulationConfig
            {
                Network = new PlannedNetwork(plan),
                Seed = seed,
                Stop = new StopCondition { Duration = schedule.Total },
                Checks = new CheckConfig { Names = [] },
            },
            peer =>
            {
                nodes.Add(new Node(peer));
                return nodes[^1];
            });
        run.RunFor(schedule.WarmUp);
        var (from, before) = (run.Now, PeerCounts.Sum(nodes.Select(node => node.Counts())));
        run.RunFor(schedule.Measure);
        var (to, after) = (run.Now, PeerCounts.Sum(nodes.Select(node => node.Counts())));
        run.StopGeneration();
        run.RunFor(schedule.Settle);
        var honest = nodes.Where(node => !node.Plan.Malicious).ToArray();
        var blocks = BlockTimes.Of(
            [.. honest.Select(node => node.Arrivals)],
            honest.Select(node => node.Plan.Id.Value).ToHashSet(),
            from.TotalSeconds,
            to.TotalSeconds);
        return new NetworkFigures(blocks, after.Since(before));
    }

    /// <summary>What one peer counted, and when it accepted which block.</summary>
    private sealed class Node(SimulatedPeer peer) : ISimulatedPeerObserver
    {
        public PeerPlan Plan => peer.Plan;

        public List<Arrival> Arrivals { get; } = [];

        public PeerCounts Counts()
        {
            var types = Enum.GetValues<MessageType>();
            return new PeerCounts(
                types.ToDictionary(type => type.Name(), peer.Counters.Received),
                types.ToDictionary(type => type.Name(), peer.Counters.Redundant),
                peer.Counters.Drops().GroupBy(drop => drop.Reason.ToString())
                    .ToDictionary(reason => reason.Key, reason => reason.Sum(drop => drop.Count)));
        }

        public void Happened(PeerEvent what)
        {
            if (what is BlockAccepted block)
            {
                Arrivals.Add(new Arrival(
                    block.Block.ToString(), block.Maker.Value, block.Made.TotalSeconds, block.Time.TotalSeconds,
                    block.Height, OnChain: true));
            }
        }
    }
}
