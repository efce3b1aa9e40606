using System.Diagnostics.Metrics;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// The node's instruments. Counters and gauges read <see cref="NodeStatistics"/> when somebody collects them, so that a
/// message costs an increment and no more.
/// </summary>
internal sealed class PeerMetrics
{
    private const string Seconds = "s";
    private const string Messages = "{message}";
    private const string Blocks = "{block}";
    private const string Transactions = "{transaction}";
    private const string Peers = "{peer}";

    private static readonly double[] Spreading = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30];

    private readonly Meter _meter;
    private readonly KeyValuePair<string, object?> _role;
    private readonly Histogram<double> _roundTrip;
    private readonly Histogram<double> _blockPropagation;
    private readonly Histogram<double> _transactionPropagation;
    private readonly Histogram<int> _reorganisation;
    private readonly Histogram<double> _loopDelay;

    public PeerMetrics(IMeterFactory meters, NodeOptions options)
    {
        _meter = meters.Create(MetricNames.Meter);
        _role = Tag(MetricNames.Role, options.Plan.Info.Light ? MetricNames.LightPeer : MetricNames.FullPeer);
        _roundTrip = Histogram<double>(
            MetricNames.PeerRoundTrip, Seconds, "From a PING to its PONG.",
            0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5);
        _blockPropagation = Histogram(
            MetricNames.BlockPropagation, Seconds, "From another peer's making of a block to its acceptance.",
            Spreading);
        _transactionPropagation = Histogram(
            MetricNames.TransactionPropagation, Seconds,
            "From the making of a transaction to its acceptance here; of at most a hundred per second.", Spreading);
        _reorganisation = Histogram<int>(
            MetricNames.ChainReorganisation, Blocks, "Blocks left behind by a change of branch.",
            1, 2, 3, 5, 10, 25, 100);
        _loopDelay = Histogram<double>(
            MetricNames.LoopDelay, Seconds, "How long an input waited for the event loop.",
            0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5);
    }

    public void RoundTripMeasured(TimeSpan roundTrip) => _roundTrip.Record(roundTrip.TotalSeconds);

    public void BlockArrived(double secondsAfterItsMaking) => _blockPropagation.Record(secondsAfterItsMaking, _role);

    public void TransactionArrived(double secondsAfterItsMaking) =>
        _transactionPropagation.Record(secondsAfterItsMaking, _role);

    public void Reorganised(int depth) => _reorganisation.Record(depth);

    public void LoopDelayed(TimeSpan delay) => _loopDelay.Record(delay.TotalSeconds);

    public void Observe(NodeStatistics node, Traffic traffic)
    {
        Counter(MetricNames.MessagesSent, Messages, "Handed to the transport.", () => ByType(node.Counters.Sent));
        Counter(
            MetricNames.MessagesReceived, Messages, "Arrived, before any check.", () => ByType(node.Counters.Received));
        Counter(
            MetricNames.MessagesRedundant, Messages, "Arrived and told nothing new.", () => ByType(
                node.Counters.Redundant));
        Counter(MetricNames.MessagesDropped, Messages, "Went no further.", () => Drops(node));
        Counter(MetricNames.MessagesRelayed, Messages, "Handed on for others.", () => [new(node.Counters.Relayed)]);
        Counter(
            MetricNames.NetworkIo, "By", "Bytes of the connections with other peers.",
            () => [In(MetricNames.SentBytes, traffic.Sent), In(MetricNames.ReceivedBytes, traffic.Received)]);
        Counter(
            MetricNames.TransactionsAccepted, Transactions, "Taken into the pool, own ones too.",
            () => [new(node.Counters.TransactionsAccepted)]);
        Counter(MetricNames.ChainTipChanges, "{change}", "The chain got another tip.", () => [new(node.TipChanges)]);
        Gauge(MetricNames.ChainHeight, Blocks, "Blocks on the chain.", () => [new(node.Height)]);
        Gauge(MetricNames.ChainOrphans, Blocks, "Blocks that wait for their parent.", () => [new(node.Orphans)]);
        Gauge(MetricNames.PoolSize, Transactions, "Transactions that wait for a block.", () => [new(node.PoolSize)]);
        Gauge(MetricNames.QueueDepth, Messages, "Messages that wait to be sent.", () => Waiting(node));
        Gauge(
            MetricNames.SendCapacity, "{message}/s", "What the peer may send now; 0: no limit.",
            () => [new(node.Capacity)]);
        Gauge(MetricNames.PeersBanned, Peers, "Peers on the blacklist.", () => [new(node.Banned)]);
        Gauge(MetricNames.Peers, Peers, "Known peers by status.", () => ByStatus(node));
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    private static Measurement<long> In(string direction, long bytes) =>
        new(bytes, Tag(MetricNames.Direction, direction));

    private static IEnumerable<Measurement<long>> ByType(Func<MessageType, long> countOf)
    {
        foreach (var type in Enum.GetValues<MessageType>())
        {
            if (countOf(type) is > 0 and var count)
            {
                yield return new Measurement<long>(count, Tag(MetricNames.Type, type.Name()));
            }
        }
    }

    private static IEnumerable<Measurement<long>> Drops(NodeStatistics node) => node.Counters.Drops().Select(drop =>
        new Measurement<long>(
            drop.Count,
            Tag(MetricNames.Type, drop.Type.Name()),
            Tag(MetricNames.Reason, drop.Reason.ToString())));

    private static IEnumerable<Measurement<double>> Waiting(NodeStatistics node) =>
        Enum.GetValues<MessagePriority>().Select(priority => new Measurement<double>(
            node.WaitingOf(priority), Tag(MetricNames.Priority, priority.ToString().ToUpperInvariant())));

    private static IEnumerable<Measurement<double>> ByStatus(NodeStatistics node) =>
        Enum.GetValues<PeerStatus>().Select(status => new Measurement<double>(
            node.PeersOf(status), Tag(MetricNames.Status, StatusNames.Of(status))));

    private Histogram<T> Histogram<T>(string name, string unit, string description, params T[] buckets)
        where T : struct =>
        _meter.CreateHistogram(
            name, unit, description, advice: new InstrumentAdvice<T> { HistogramBucketBoundaries = buckets });

    private void Counter(
        string name, string unit, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        _meter.CreateObservableCounter(name, observe, unit, description);

    private void Gauge(
        string name, string unit, string description, Func<IEnumerable<Measurement<double>>> observe) =>
        _meter.CreateObservableGauge(name, observe, unit, description);
}
