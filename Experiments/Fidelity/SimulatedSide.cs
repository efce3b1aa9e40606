using Blockchain.Events;
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
                nodes.Add(new Node(peer.Plan));
                return nodes[^1].Recorder;
            });
        run.RunFor(schedule.WarmUp);
        var (from, before) = (run.Now, PeerCounts.Sum(nodes.Select(node => node.CountUntil(run.Now))));
        run.RunFor(schedule.Measure);
        var (to, after) = (run.Now, PeerCounts.Sum(nodes.Select(node => node.CountUntil(run.Now))));
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

    /// <summary>Counts what a peer tells, by the same rules as a node.</summary>
    private sealed class Node
    {
        private readonly Dictionary<string, long> _received = [];
        private readonly Dictionary<string, long> _redundant = [];
        private readonly Dictionary<string, long> _dropped = [];

        public Node(PeerPlan plan)
        {
            Plan = plan;
            Recorder = new PeerEventRecorder(plan.Id, Add);
        }

        public PeerPlan Plan { get; }

        public PeerEventRecorder Recorder { get; }

        public List<Arrival> Arrivals { get; } = [];

        public PeerCounts CountUntil(TimeSpan now)
        {
            Recorder.Flush(now);
            return new PeerCounts(_received.ToDictionary(), _redundant.ToDictionary(), _dropped.ToDictionary());
        }

        private void Add(PeerEvent happened)
        {
            switch (happened)
            {
                case MessagesReceived received:
                    Add(_received, received.Type.Name(), received.Count);
                    break;
                case MessagesRedundant redundant:
                    Add(_redundant, redundant.Type.Name(), redundant.Count);
                    break;
                case MessagesDropped dropped:
                    Add(_dropped, dropped.Reason.ToString(), dropped.Count);
                    break;
                case BlockAccepted block:
                    var (made, accepted) = (block.Made.TotalSeconds, block.Time.TotalSeconds);
                    Arrivals.Add(new Arrival(
                        block.Block.ToString(), block.Maker.Value, made, accepted, block.Height, OnChain: true));
                    break;
            }
        }

        private static void Add(Dictionary<string, long> counts, string what, long count) =>
            counts[what] = counts.GetValueOrDefault(what) + count;
    }
}
