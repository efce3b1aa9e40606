using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Events;

/// <summary>Events of every kind, with any content that a peer may report.</summary>
internal static class Events
{
    private static readonly PeerId Self = new("5000");
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1_763_880_000.123457);

    private static readonly Gen<TimeSpan> Times =
        Gen.Long[0, (long)Durations.EndOfTime.TotalMicroseconds].Select(us => TimeSpan.FromTicks(10 * us));

    private static readonly Gen<PeerId> Peers = Gen.String[0, 64].Where(IsText).Select(name => new PeerId(name));
    private static readonly Gen<Hash256> Hashes = Gen.Byte.Array[32].Select(bytes => new Hash256(bytes));
    private static readonly Gen<int> Counts = Gen.Int[0, int.MaxValue];
    private static readonly Gen<long> LongCounts = Gen.Long[0, long.MaxValue];
    private static readonly Gen<MessageType> Types = Gen.Enum<MessageType>();

    /// <summary>One of each kind.</summary>
    public static PeerEvent[] OneOfEach { get; } =
    [
        new PeerUp(Now, Self, Nat: true, Light: false, NetworkId: -1, Started: TimeSpan.FromSeconds(1_763_879_999)),
        new PeerDown(Now, Self),
        new PeerSwitched(
            Now, Self, true, false, true, false, 0.05, TimeSpan.FromMilliseconds(
                20), TimeSpan.FromMilliseconds(100), 7.5, "lazy", 4, 250, 3, 2, "log-normal"),
        new NeighbourChanged(Now, Self, new PeerId("5001"), PeerStatus.Unreachable),
        new NeighbourBanned(Now, Self, new PeerId("5001")),
        new GuestFailed(Now, Self, "It did not answer for 5 s: {\"now\": 1}"),
        new NeighbourPardoned(Now, Self, new PeerId("5001")),
        new NeighbourOffended(Now, Self, new PeerId("5001"), 2),
        new MessageRefused(
            Now, Self, MessageType.Tx, DropReason.InvalidId, PeerId.OfStranger("127.0.0.9"), "its tx_id is wrong"),
        new RoundTripMeasured(Now, Self, new PeerId("5001"), TimeSpan.FromMilliseconds(120.5)),
        new BlockMade(Now, Self, Make.Hash("b"), Hash256.Genesis, 12, IsFalse: false),
        new BlockAccepted(Now, Self, Make.Hash("b"), Make.Hash("a"), 2, new PeerId("5001"), Now, new PeerId("5002")),
        new BlockOrphaned(Now, Self, Make.Hash("b"), Make.Hash("a"), new PeerId("5001"), new PeerId("5002")),
        new BlockRejected(Now, Self, Make.Hash("b"), new PeerId("5001"), PeerId.OfStranger("127.0.0.9"), Now, "why"),
        new TipChanged(Now, Self, Make.Hash("b"), 2),
        new ChainReorganised(Now, Self, Make.Hash("a"), Make.Hash("b"), 1, 2),
        new AttackEnded(Now, Self, "double-spend", Succeeded: true, Make.Hash("t"), 4),
        new TransactionMade(Now, Self, Make.Hash("t")),
        new MessagesRelayed(Now, Self, new PeerId("5002"), new PeerId("5007"), 3),
        new MessagesDropped(Now, Self, MessageType.GetBlockHeaders, DropReason.Loss, 4),
        new MessagesRedundant(Now, Self, MessageType.Inv, 5),
        new MessagesReceived(Now, Self, MessageType.Unknown, 6),
        new MessageTraced(
            Now, Self, MessageStage.Refused, new PeerId("5001"), MessageType.Relay, Id(1), [Make.Hash("b")],
            "2 blocks", DropReason.UnknownSender, new PeerId("5002"), Self, MessageType.Inv, Id(2)),
        new Remark(Now, Remark.Everybody, "partition of \"1\""),
    ];

    public static Gen<PeerEvent> Any { get; } = Gen.OneOf<PeerEvent>(
        Gen.Select(Times, Peers, Gen.Bool, Gen.Int, Times)
            .Select((time, peer, flag, network, started) => (PeerEvent)new PeerUp(
                time, peer, flag, !flag, network, started)),
        Gen.Select(Times, Peers, Gen.Bool.Array[4], Gen.Double.Unit, Times, Gen.Double[0, 1e4], Counts)
            .Select((time, peer, flags, loss, latency, load, count) => (PeerEvent)new PeerSwitched(
                time, peer, flags[0], flags[1], flags[2], flags[3], loss, latency, latency, load, "lazy", 1 + load,
                flags[0] ? load : null, count, count)),
        Gen.Select(Times, Peers, Peers, Gen.Enum<PeerStatus>())
            .Select((time, peer, other, status) => (PeerEvent)new NeighbourChanged(time, peer, other, status)),
        Gen.Select(Times, Peers, Peers, Times)
            .Select((time, peer, other, trip) => (PeerEvent)new RoundTripMeasured(time, peer, other, trip)),
        Gen.Select(Times, Peers, Hashes, Hashes, Counts, Peers, Times, Peers)
            .Select((time, peer, block, parent, height, maker, made, via) =>
                (PeerEvent)new BlockAccepted(time, peer, block, parent, height, maker, made, via)),
        Gen.Select(Times, Peers, Types, Gen.Enum<DropReason>(), LongCounts)
            .Select(
                (time, peer, type, reason, count) => (PeerEvent)new MessagesDropped(time, peer, type, reason, count)),
        Gen.Select(Times, Peers, Peers, LongCounts)
            .Select((time, peer, other, count) => (PeerEvent)new MessagesRelayed(time, peer, other, peer, count)),
        Gen.Select(
                Gen.Select(Times, Peers, Gen.Enum<MessageStage>(), Peers),
                Gen.Select(Types, Gen.Guid, Hashes.Array[0, 3].Null(), Gen.String.Where(IsText).Null()))
            .Select((place, what) => (PeerEvent)new MessageTraced(
                place.Item1, place.Item2, place.Item3, place.Item4,
                what.Item1, MessageId.Of(what.Item2), what.Item3, what.Item4)),
        Gen.Select(Times, Peers, Gen.String.Where(IsText))
            .Select((time, peer, text) => (PeerEvent)new Remark(time, peer, text)));

    private static MessageId Id(byte number) => new(number);

    /// <summary>JSON has no half of a surrogate pair.</summary>
    private static bool IsText(string text) => !text.Any(char.IsSurrogate);
}
