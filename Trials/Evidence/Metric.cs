using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Evidence;

/// <summary>A metric that expectations can name, as docs/telemetry.md has it.</summary>
/// <param name="Tags">The names of its tags.</param>
public sealed record Metric(string Name, MetricKind Kind, params IReadOnlyList<string> Tags)
{
    public const string Dropped = "blockchain.messages.dropped";
    public const string Received = "blockchain.messages.received";
    public const string Redundant = "blockchain.messages.redundant";
    public const string BlockPropagation = "blockchain.block.propagation";
    public const string RoundTrip = "blockchain.peer.round_trip";
    public const string Reorganisation = "blockchain.chain.reorganisation";
    public const string TransactionPropagation = "blockchain.transaction.propagation";

    public static IReadOnlyList<Metric> All { get; } =
    [
        new("blockchain.messages.sent", MetricKind.Counter, "type"),
        new(Received, MetricKind.Counter, "type"),
        new(Dropped, MetricKind.Counter, "type", "reason"),
        new(Redundant, MetricKind.Counter, "type"),
        new("blockchain.messages.relayed", MetricKind.Counter),
        new("blockchain.network.io", MetricKind.Counter, "direction"),
        new("blockchain.queue.depth", MetricKind.Gauge, "priority"),
        new("blockchain.send.capacity", MetricKind.Gauge),
        new(RoundTrip, MetricKind.Distribution),
        new("blockchain.peers", MetricKind.Gauge, "status"),
        new("blockchain.peers.banned", MetricKind.Gauge),
        new(BlockPropagation, MetricKind.Distribution),
        new(TransactionPropagation, MetricKind.Distribution),
        new("blockchain.transactions.accepted", MetricKind.Counter),
        new("blockchain.chain.height", MetricKind.Gauge),
        new("blockchain.chain.tip_changes", MetricKind.Counter),
        new(Reorganisation, MetricKind.Distribution),
        new("blockchain.chain.orphans", MetricKind.Gauge),
        new("blockchain.pool.size", MetricKind.Gauge),
        new("blockchain.loop.delay", MetricKind.Distribution),
    ];

    /// <summary>Whether its values are times in seconds: of the distributions, only depths are none.</summary>
    public bool IsOfTimes => Kind == MetricKind.Distribution && Name != Reorganisation;

    /// <exception cref="FormatException">There is none of this name.</exception>
    public static Metric Known(string name) => All.FirstOrDefault(metric => metric.Name == name)
        ?? throw new FormatException(
            $"there is no metric \"{name}\"{Spelling.DidYouMean(name, All.Select(metric => metric.Name))}.");
}
