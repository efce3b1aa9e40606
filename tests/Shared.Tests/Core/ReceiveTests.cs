using System.Buffers;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

public class ReceiveTests
{
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo B = Make.Info("b");
    private static readonly PeerInfo Nated = Make.Info("nated", nat: true, network: 1);
    private static readonly PeerInfo Gate = Make.Info("gate", network: 1);
    private static readonly PeerSettings TwoPerSecond =
        Make.Quiet with { InboundLimit = new RateLimit(2, TimeSpan.FromSeconds(1)) };

    [Theory]
    [InlineData("a")]
    [InlineData("@10.1.2.3")]
    public void InboundLimit_Refused_IsAcceptedWhenItComesAgain(string via)
    {
        var bench = new PeerBench(TwoPerSecond, [A]);
        var late = Make.Transaction("late");
        bench.Receive(via, Make.Transaction("1"));
        bench.Receive(via, Make.Transaction("2"));

        bench.Receive(via, late);
        Assert.Equal(
            (MessageType.Tx, DropReason.InboundLimit),
            bench.Events.Drops.Select(drop => (drop.Type, drop.Reason)).Single());
        Assert.Equal(1, bench.Peer.Counters.Dropped(MessageType.Tx, DropReason.InboundLimit));
        bench.RunFor(1);
        bench.Receive(via, late);

        Assert.Same(late, bench.Events.AcceptedTransactions[^1]);
        Assert.Empty(bench.Events.Redundants);
    }

    [Fact]
    public void InboundLimit_OnePeerTooMuch_HarmsNoOther()
    {
        var bench = new PeerBench(TwoPerSecond, [A, B]);
        for (var i = 0; i < 5; i++)
        {
            bench.Receive("a", Make.Transaction($"{i}"));
        }

        bench.Receive("b", Make.Transaction("other"));
        Assert.Equal(3, bench.Events.AcceptedTransactions.Count);
        Assert.Equal(3, bench.Events.Drops.Count);
    }

    [Fact]
    public void Duplicate_ByAnotherWay_IsRedundant()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        var ping = new Ping(A.Id, 0, bench.NextId());
        bench.Receive("a", ping);
        bench.Receive("a", ping);
        bench.Receive("a", Make.Transaction("tx"));
        bench.Receive("b", Make.Transaction("tx"));
        bench.Receive("a", Make.Block("block"));
        bench.Receive("b", Make.Block("block"));

        Assert.Single(bench.Sent<Pong>());
        Assert.Equal(
            [(MessageType.Ping, A.Id), (MessageType.Tx, B.Id), (MessageType.Block, B.Id)], bench.Events.Redundants);
    }

    /// <summary>A <c>message_id</c> proves nothing: whoever has seen it can use it first.</summary>
    [Fact]
    public void Duplicate_IdUsedByAnotherBefore_IsNone()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        var id = bench.NextId();
        bench.Receive("b", new Inv(A.Id, [], id));
        bench.Receive("b", new GetPeers(B.Id, id));
        bench.Receive("a", new Ping(A.Id, 0, id));
        Assert.Single(bench.Sent<Pong>("a"));
    }

    [Fact]
    public void Relay_IdUsedByAnotherBefore_IsForwarded()
    {
        var bench = new PeerBench(Make.Quiet, [A, B, Nated], Gate);
        var (inner, outer) = (bench.NextId(), bench.NextId());
        bench.Receive("b", new Relay(B.Id, Nated.Id, new Ping(B.Id, 1, inner), outer, default));
        var own = Line(new Relay(A.Id, Nated.Id, new Ping(A.Id, 2, inner), outer, default));
        bench.Receive("b", Line(new Relay(A.Id, Nated.Id, new Ping(A.Id, 1, inner), outer, default)));
        bench.Receive("a", own);
        bench.Receive("a", own);
        Assert.Same(own, bench.Sent<Relay>("nated")[^1].Message);
        Assert.Single(bench.Events.Relays, relay => relay.Relay == own);
    }

    /// <summary>As a node reads it from its line.</summary>
    private static Relay Line(Relay relay)
    {
        var buffer = new ArrayBufferWriter<byte>();
        MessageCodec.Write(buffer, relay);
        Assert.Equal(ReadOutcome.Message, MessageCodec.Read(buffer.WrittenMemory.Span[..^1], out var read, out _));
        return (Relay)read!;
    }

    /// <summary>Whoever can connect to us has no need of a relay: somebody else has written its name.</summary>
    [Fact]
    public void Relay_FromAnOriginThatCouldConnect_IsNeitherUsedNorForwarded()
    {
        var bench = new PeerBench(Make.Quiet, [A, B, Nated], Gate);
        bench.Receive("b", new Relay(A.Id, Gate.Id, new Ping(A.Id, 1, bench.NextId()), bench.NextId(), default));
        bench.Receive("b", new Relay(A.Id, Nated.Id, new Ping(A.Id, 1, bench.NextId()), bench.NextId(), default));
        bench.Receive("b", new Relay(Nated.Id, A.Id, new Ping(A.Id, 1, bench.NextId()), bench.NextId(), default));

        Assert.Empty(bench.Events.Sents);
        Assert.Equal(3, bench.Events.Drops.Count(drop => drop.Reason == DropReason.UnknownSender));
    }

    [Fact]
    public void Stranger_DataIsTaken_QuestionsAreNot()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("@10.1.2.3", Make.Transaction("tx"));
        bench.Receive("@10.1.2.3", Make.Block("block"));
        bench.Receive("@10.1.2.3", new Ping(A.Id, 0, bench.NextId()));
        bench.Receive("@10.1.2.3", new Relay(A.Id, A.Id, Make.Transaction("2"), bench.NextId(), default));

        Assert.Single(bench.Events.AcceptedTransactions);
        Assert.Single(bench.Events.AcceptedBlocks);
        Assert.Equal(
            [(MessageType.Ping, DropReason.UnknownSender), (MessageType.Relay, DropReason.UnknownSender)],
            bench.Events.Drops.Select(drop => (drop.Type, drop.Reason)));
    }

    [Fact]
    public void UnknownType_AnyNumber_IsDroppedAndNoOffence()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        for (var i = 0; i < 5; i++)
        {
            bench.Receive("a", new UnknownMessage("NEWS"));
        }

        Assert.Equal(5, bench.Events.Drops.Count(drop => drop.Reason == DropReason.UnknownType));
        Assert.Empty(bench.Events.Offences);
    }

    [Fact]
    public void Relay_ForAnother_IsForwardedUnchangedOnce()
    {
        var bench = new PeerBench(Make.Quiet, [A, Nated], Gate);
        var relay = new Relay(A.Id, Nated.Id, new Ping(A.Id, 0, bench.NextId()), bench.NextId(), default);
        bench.Receive("a", relay);
        bench.Receive("a", relay);

        Assert.Same(relay, Assert.Single(bench.Sent<Relay>("nated")).Message);
        Assert.Equal([(relay, A.Id)], bench.Events.Relays);
        Assert.Equal([(MessageType.Relay, A.Id)], bench.Events.Redundants);
    }

    [Fact]
    public void Relay_ForAnUnknownTarget_IsDropped()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        bench.Receive("a", new Relay(A.Id, new PeerId("nobody"), new GetPeers(A.Id, default), bench.NextId(), default));
        Assert.Equal(DropReason.NoRoute, Assert.Single(bench.Events.Drops).Reason);
    }

    [Fact]
    public void Relay_OfOurOwn_IsNotTakenBack()
    {
        var bench = new PeerBench(Make.Quiet, [A, Nated]);
        bench.Receive("a", new Relay(
            bench.Peer.Info.Id, Nated.Id, new GetPeers(A.Id, default), bench.NextId(), default));
        Assert.Empty(bench.Events.Relays);
        Assert.Equal([(MessageType.Relay, A.Id)], bench.Events.Redundants);
    }

    [Fact]
    public void Relay_ForUs_IsAnsweredToItsOrigin()
    {
        var bench = new PeerBench(Make.Quiet, [Nated, Gate]);
        bench.Receive("gate", new Relay(
            Nated.Id, bench.Peer.Info.Id, new Ping(Nated.Id, 12.5, bench.NextId()), bench.NextId(), default));

        var answer = Assert.Single(bench.Sent<Relay>("gate")).Message;
        Assert.Equal((bench.Peer.Info.Id, Nated.Id), (answer.Sender, answer.Target));
        Assert.Equal(12.5, Assert.IsType<Pong>(answer.Payload).Timestamp);
    }

    [Fact]
    public void Relay_ForUsTwice_IsUnwrappedOnce()
    {
        var bench = new PeerBench(Make.Quiet, [Nated, Gate]);
        var transaction = Make.Transaction("tx");
        var relay = new Relay(Nated.Id, bench.Peer.Info.Id, transaction, bench.NextId(), default);
        bench.Receive("gate", relay);
        bench.Receive("gate", relay);
        bench.Receive("gate", relay with { Id = bench.NextId() });

        Assert.Equal(2, bench.Events.Unwraps.Count);
        Assert.Single(bench.Events.AcceptedTransactions);
        Assert.Equal([MessageType.Relay, MessageType.Tx], bench.Events.Redundants.Select(redundant => redundant.Type));
    }

    [Fact]
    public void Transaction_AtALightPeer_IsRedundant()
    {
        var bench = new PeerBench(Make.Quiet, [A], Make.Info("self", light: true));
        bench.Receive("a", Make.Transaction("tx"));
        Assert.Empty(bench.Events.AcceptedTransactions);
        Assert.Equal([(MessageType.Tx, A.Id)], bench.Events.Redundants);
    }

    [Fact]
    public void Transaction_PoolFull_IsDropped()
    {
        var bench = new PeerBench(Make.Quiet with { PoolLimit = 2 }, [A]);
        for (var i = 0; i < 3; i++)
        {
            bench.Receive("a", Make.Transaction($"{i}"));
        }

        Assert.Equal(
            (MessageType.Tx, DropReason.PoolFull),
            bench.Events.Drops.Select(drop => (drop.Type, drop.Reason)).Single());
    }
}
