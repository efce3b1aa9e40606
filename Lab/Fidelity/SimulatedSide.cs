using Blockchain.Lab.Network;
using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Topology;
using Blockchain.Simulation;

namespace Blockchain.Lab.Fidelity;

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
                nodes.Add(new Node(peer.Plan));
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

    /// <summary>Counts as a node's statistics do.</summary>
    private sealed class Node(PeerPlan plan) : IPeerEvents
    {
        private readonly Dictionary<string, long> _received = [];
        private readonly Dictionary<string, long> _redundant = [];
        private readonly Dictionary<string, long> _dropped = [];

        public PeerPlan Plan => plan;

        public List<Arrival> Arrivals { get; } = [];

        public PeerCounts Counts() => new(
            _received.ToDictionary(), _redundant.ToDictionary(), _dropped.ToDictionary());

        public void Received(TimeSpan now, PeerId via, Message message) => Add(_received, message.Type.Name());

        public void Redundant(TimeSpan now, MessageType type, PeerId via) => Add(_redundant, type.Name());

        public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
            Add(_dropped, reason.ToString());

        public void BlockAccepted(TimeSpan now, ChainNode node, PeerId via) => Arrivals.Add(new Arrival(
            node.Id.ToString(),
            node.Header.Sender.Value,
            node.Header.Timestamp,
            now.TotalSeconds,
            node.Height,
            OnChain: true));

        private static void Add(Dictionary<string, long> counts, string what) =>
            counts[what] = counts.GetValueOrDefault(what) + 1;
    }
}
