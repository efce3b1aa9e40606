using Blockchain.Shared.Wire;
using static Blockchain.Shared.Topology.JsonFormats;

namespace Blockchain.Shared.Topology;

/// <summary>Every setting of a peer as it stands in the file: one line each, and no other place lists them.</summary>
internal static class Knobs
{
    private const int ShortestLine = 2 * WireLimits.RelayEnvelope;

    private const int MostOutbound = 125;

    private static readonly JsonFormat<int> Count = Integer(0);
    private static readonly JsonFormat<int> Positive = Integer(1);

    public static IReadOnlyList<Knob> All { get; } =
    [
        Of("relay", NameOf(RelayRules.All), s => s.Relay, (s, v) => s with { Relay = v }),
        Of("forkChoice", NameOf(ForkChoices.All), s => s.ForkChoice, (s, v) => s with { ForkChoice = v }),
        Of("addressTable", NameOf(AddressTables.All), s => s.AddressTable, (s, v) => s with { AddressTable = v }),
        Of("outbound", Integer(1, MostOutbound), s => s.Outbound, (s, v) => s with { Outbound = v }),
        Of("fanout", Positive, s => s.Fanout, (s, v) => s with { Fanout = v }),
        Of("gossipRounds", Positive, s => s.GossipRounds, (s, v) => s with { GossipRounds = v }),
        Of("gossipInterval", Duration, s => s.GossipInterval, (s, v) => s with { GossipInterval = v }),
        Of("transactionInterval", Duration, s => s.TransactionInterval, (s, v) => s with { TransactionInterval = v }),
        Of("blockInterval", Duration, s => s.BlockInterval, (s, v) => s with { BlockInterval = v }),
        Of("share", Number(0), s => s.Share, (s, v) => s with { Share = v }),
        Of("poisson", Flag, s => s.Poisson, (s, v) => s with { Poisson = v }),
        Of("jitter", Probability, s => s.Jitter, (s, v) => s with { Jitter = v }),
        Of("confirmations", Positive, s => s.Confirmations, (s, v) => s with { Confirmations = v }),
        Of("pingInterval", Duration, s => s.PingInterval, (s, v) => s with { PingInterval = v }),
        Of("unreachableAfter", PositiveDuration, s => s.UnreachableAfter, (s, v) => s with { UnreachableAfter = v }),
        Of("discovery", Flag, s => s.Discovery, (s, v) => s with { Discovery = v }),
        Of("sendLimit", Limit, s => s.SendLimit, (s, v) => s with { SendLimit = v }),
        Of("inboundLimit", Limit, s => s.InboundLimit, (s, v) => s with { InboundLimit = v }),
        Of("queueLimit", Count, s => s.QueueLimit, (s, v) => s with { QueueLimit = v }),
        Of("retries", Count, s => s.Retries, (s, v) => s with { Retries = v }),
        Of("retryDelay", Duration, s => s.RetryDelay, (s, v) => s with { RetryDelay = v }),
        Of("dropProbability", Probability, s => s.DropProbability, (s, v) => s with { DropProbability = v }),
        Of("lossBurst", Number(1, NetworkConditions.MaxBurst), s => s.LossBurst, (s, v) => s with { LossBurst = v }),
        Of("latency", Latency, s => s.Latency, (s, v) => s with { Latency = v }),
        Of("latencyShape", NameOf(LatencyShapes.All), s => LatencyShapes.NameOf(s.LatencyShape), (s, v) => s with
        {
            LatencyShape = LatencyShapes.Kinds[v],
        }),
        Of("capacity", RangeOf(Number(0)), s => s.Capacity, (s, v) => s with { Capacity = v }),
        Of("capacityInterval", PositiveDuration, s => s.CapacityInterval, (s, v) => s with { CapacityInterval = v }),
        Of("banAfter", Count, s => s.BanAfter, (s, v) => s with { BanAfter = v }),
        Of("banFor", Duration, s => s.BanFor, (s, v) => s with { BanFor = v }),
        Of("forgiveAfter", Duration, s => s.ForgiveAfter, (s, v) => s with { ForgiveAfter = v }),
        Of("seenFor", PositiveDuration, s => s.SeenFor, (s, v) => s with { SeenFor = v }),
        Of("seenLimit", Positive, s => s.SeenLimit, (s, v) => s with { SeenLimit = v }),
        Of("syncInterval", Duration, s => s.SyncInterval, (s, v) => s with { SyncInterval = v }),
        Of("requestTimeout", PositiveDuration, s => s.RequestTimeout, (s, v) => s with { RequestTimeout = v }),
        Of("orphanLimit", Count, s => s.OrphanLimit, (s, v) => s with { OrphanLimit = v }),
        Of("poolLimit", Count, s => s.PoolLimit, (s, v) => s with { PoolLimit = v }),
        Of("poolBytes", Count, s => s.PoolBytes, (s, v) => s with { PoolBytes = v }),
        Of("blockTransactionLimit", Count, s => s.BlockTransactionLimit, (s,
            v) => s with { BlockTransactionLimit = v }),
        Of("maxLineBytes", Integer(ShortestLine), s => s.MaxLineBytes, (s, v) => s with { MaxLineBytes = v }),
        Of("connectionLimit", Positive, s => s.ConnectionLimit, (s, v) => s with { ConnectionLimit = v }),
    ];

    private static Knob<T> Of<T>(
        string name, JsonFormat<T> format, Func<PeerSettings, T> get, Func<PeerSettings, T, PeerSettings> set) =>
        new Knob<T>(name, format, get, set);
}
