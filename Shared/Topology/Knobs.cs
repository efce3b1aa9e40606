using static Blockchain.Shared.Topology.JsonFormats;

namespace Blockchain.Shared.Topology;

/// <summary>Every setting of a peer as it stands in the file: one line each, and no other place lists them.</summary>
internal static class Knobs
{
    private const int ShortestLine = 1_024;

    private static readonly JsonFormat<int> Count = Integer(0);
    private static readonly JsonFormat<int> Positive = Integer(1);

    public static IReadOnlyList<Knob> All { get; } =
    [
        new Knob<int>("fanout", Positive, s => s.Fanout, (s, v) => s with { Fanout = v }),
        new Knob<int>("gossipRounds", Positive, s => s.GossipRounds, (s, v) => s with { GossipRounds = v }),
        new Knob<TimeSpan>("gossipInterval", Duration, s => s.GossipInterval, (s, v) => s with { GossipInterval = v }),
        new Knob<TimeSpan>("transactionInterval", Duration, s => s.TransactionInterval, (s, v) => s with { TransactionInterval = v }),
        new Knob<TimeSpan>("blockInterval", Duration, s => s.BlockInterval, (s, v) => s with { BlockInterval = v }),
        new Knob<double>("jitter", Probability, s => s.Jitter, (s, v) => s with { Jitter = v }),
        new Knob<TimeSpan>("pingInterval", Duration, s => s.PingInterval, (s, v) => s with { PingInterval = v }),
        new Knob<TimeSpan>("unreachableAfter", PositiveDuration, s => s.UnreachableAfter, (s, v) => s with { UnreachableAfter = v }),
        new Knob<RateLimit>("sendLimit", Limit, s => s.SendLimit, (s, v) => s with { SendLimit = v }),
        new Knob<RateLimit>("inboundLimit", Limit, s => s.InboundLimit, (s, v) => s with { InboundLimit = v }),
        new Knob<int>("queueLimit", Count, s => s.QueueLimit, (s, v) => s with { QueueLimit = v }),
        new Knob<int>("retries", Count, s => s.Retries, (s, v) => s with { Retries = v }),
        new Knob<TimeSpan>("retryDelay", Duration, s => s.RetryDelay, (s, v) => s with { RetryDelay = v }),
        new Knob<double>("dropProbability", Probability, s => s.DropProbability, (s, v) => s with { DropProbability = v }),
        new Knob<Range<TimeSpan>>("latency", RangeOf(Duration), s => s.Latency, (s, v) => s with { Latency = v }),
        new Knob<Range<double>>("capacity", RangeOf(Number(0)), s => s.Capacity, (s, v) => s with { Capacity = v }),
        new Knob<TimeSpan>("capacityInterval", PositiveDuration, s => s.CapacityInterval, (s, v) => s with { CapacityInterval = v }),
        new Knob<int>("banAfter", Count, s => s.BanAfter, (s, v) => s with { BanAfter = v }),
        new Knob<TimeSpan>("seenFor", PositiveDuration, s => s.SeenFor, (s, v) => s with { SeenFor = v }),
        new Knob<int>("seenLimit", Positive, s => s.SeenLimit, (s, v) => s with { SeenLimit = v }),
        new Knob<TimeSpan>("syncInterval", Duration, s => s.SyncInterval, (s, v) => s with { SyncInterval = v }),
        new Knob<TimeSpan>("requestTimeout", PositiveDuration, s => s.RequestTimeout, (s, v) => s with { RequestTimeout = v }),
        new Knob<int>("orphanLimit", Count, s => s.OrphanLimit, (s, v) => s with { OrphanLimit = v }),
        new Knob<int>("poolLimit", Count, s => s.PoolLimit, (s, v) => s with { PoolLimit = v }),
        new Knob<int>("blockTransactionLimit", Count, s => s.BlockTransactionLimit, (s, v) => s with { BlockTransactionLimit = v }),
        new Knob<int>("maxLineBytes", Integer(ShortestLine), s => s.MaxLineBytes, (s, v) => s with { MaxLineBytes = v }),
        new Knob<int>("connectionLimit", Positive, s => s.ConnectionLimit, (s, v) => s with { ConnectionLimit = v }),
    ];
}
