using System.Diagnostics.Metrics;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Peers;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// The node's instruments. Counters and gauges read <see cref="NodeStatistics"/> when somebody collects them, so that a
/// message costs an increment and no more.
/// </summary>
internal sealed class PeerMetrics
{
    public const string MeterName = "Blockchain.PeerNode";
    public const string MessagesSent = "blockchain.messages.sent";
    public const string MessagesReceived = "blockchain.messages.received";
    public const string MessagesDropped = "blockchain.messages.dropped";
    public const string MessagesRedundant = "blockchain.messages.redundant";
    public const string MessagesRelayed = "blockchain.messages.relayed";
    public const string PeerRoundTrip = "blockchain.peer.round_trip";
    public const string PeerCount = "blockchain.peer.count";
    public const string PeersBanned = "blockchain.peer.banned";
    public const string BlockPropagation = "blockchain.block.propagation";
    public const string ChainHeight = "blockchain.chain.height";
    public const string ChainOrphans = "blockchain.chain.orphans";
    public const string PoolSize = "blockchain.pool.size";
    public const string TransactionsAccepted = "blockchain.transactions.accepted";

    private const string TypeTag = "type";
    private const string ReasonTag = "reason";
    private const string StatusTag = "status";

    private readonly Meter _meter;
    private readonly Histogram<double> _roundTrip;
    private readonly Histogram<double> _propagation;

    public PeerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _roundTrip = _meter.CreateHistogram(
            PeerRoundTrip, "s", "From a PING to its PONG.", advice: Buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5));
        _propagation = _meter.CreateHistogram(
            BlockPropagation, "s", "From the making of a block to its acceptance here.",
            advice: Buckets(0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30));
    }

    public void RoundTripMeasured(TimeSpan roundTrip) => _roundTrip.Record(roundTrip.TotalSeconds);

    public void BlockArrived(double secondsAfterItsMaking) => _propagation.Record(secondsAfterItsMaking);

    public void Observe(NodeStatistics node)
    {
        _meter.CreateObservableCounter(MessagesSent, () => ByType(node.SentOf), "{message}");
        _meter.CreateObservableCounter(MessagesReceived, () => ByType(node.ReceivedOf), "{message}");
        _meter.CreateObservableCounter(MessagesRedundant, () => ByType(node.RedundantOf), "{message}");
        _meter.CreateObservableCounter(MessagesDropped, () => Drops(node), "{message}");
        _meter.CreateObservableCounter(MessagesRelayed, () => node.Relayed, "{message}");
        _meter.CreateObservableCounter(TransactionsAccepted, () => node.TransactionsAccepted, "{transaction}");
        _meter.CreateObservableGauge(ChainHeight, () => node.Height, "{block}");
        _meter.CreateObservableGauge(ChainOrphans, () => node.Orphans, "{block}");
        _meter.CreateObservableGauge(PoolSize, () => node.PoolSize, "{transaction}");
        _meter.CreateObservableGauge(PeersBanned, () => node.Banned, "{peer}");
        _meter.CreateObservableGauge(PeerCount, () => Enum.GetValues<PeerStatus>().Select(
            status => new Measurement<int>(node.PeersOf(status), Tag(StatusTag, StatusNames.Of(status)))), "{peer}");
    }

    private static InstrumentAdvice<double> Buckets(params double[] seconds) =>
        new() { HistogramBucketBoundaries = seconds };

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    private static IEnumerable<Measurement<long>> ByType(Func<MessageType, long> countOf)
    {
        foreach (var type in Enum.GetValues<MessageType>())
        {
            if (countOf(type) is > 0 and var count)
            {
                yield return new Measurement<long>(count, Tag(TypeTag, type.Name()));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Drops(NodeStatistics node) => node.Drops().Select(drop =>
        new Measurement<long>(drop.Count, Tag(TypeTag, drop.Type.Name()), Tag(ReasonTag, drop.Reason.ToString())));
}
