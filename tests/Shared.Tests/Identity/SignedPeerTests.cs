using Blockchain.Shared.Identity;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Identity;

/// <summary>What a peer of the network itself can no longer do, where the peers sign.</summary>
public sealed class SignedPeerTests
{
    private static readonly PeerInfo Self = Make.Info("self");
    private static readonly PeerInfo Light = Make.Info("light", light: true);
    private static readonly PeerInfo Mallory = Make.Info("mallory");
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo B = Make.Info("b");
    private static readonly NetworkPlan Plan = TestSignatures.Plan(Self, Light, Mallory, A, B);

    private int _messages = 5_000;

    /// <summary>One mouth, two names: none of them counts.</summary>
    [Theory]
    [InlineData("a", "b", DropReason.InvalidSignature)]
    [InlineData("made-up-1", "made-up-2", DropReason.UnknownMaker)]
    public void LightPeer_TwoRelaysWithFalseOrigins_BelievesNoHeader(string one, string other, DropReason reason)
    {
        var bench = Bench(Light, A, B, Mallory);
        var header = Make.Header("false");
        foreach (var origin in (string[])[one, other])
        {
            var relay = As("mallory").Sign(Relayed(origin, "light", Headers(origin, header)));
            bench.Receive("mallory", OnTheWire(relay));
        }

        Assert.Equal(0, bench.Peer.Ledger.Chain.Height);
        Assert.Equal([reason, reason], bench.Events.Drops.Select(drop => drop.Reason));
    }

    [Fact]
    public void LightPeer_RelaysOfTwoTrueOrigins_BelievesTheHeader()
    {
        var bench = Bench(Light, A, B, Mallory);
        foreach (var origin in (string[])["a", "b"])
        {
            // It asks both, and both answers come by way of the same relay.
            bench.ReceiveInv(origin, "true");
            var relay = As(origin).Sign(Relayed(origin, "light", Headers(origin, Make.Header("true"))));
            bench.Receive("mallory", OnTheWire(relay));
        }

        Assert.Equal(1, bench.Peer.Ledger.Chain.Height);
    }

    [Fact]
    public void LightPeer_PeersOfSelfMadeNames_ArePeersToNobody()
    {
        var bench = Bench(Light, A, Mallory);
        PeerInfo[] names = [Make.Info("made-up-1"), Make.Info("made-up-2")];

        bench.Receive("mallory", new PeerList(Mallory.Id, names, NextId()));

        Assert.Equal(["a", "mallory"], bench.Peer.Table.All.Select(peer => peer.Id.Value));
        Assert.Empty(bench.Events.Discovered);
        Assert.All(names, info => Assert.True(
            bench.Peer.Identify(bench.Now, info.Ip, new Hello(info, NextId())).IsStranger));
    }

    /// <summary>The round-trip time of another steers which relay is taken.</summary>
    [Fact]
    public void Pong_ForgedInARelay_ChangesNoRoundTripTimeAndBlamesWhoDelivered()
    {
        var bench = new PeerBench(
            Make.Quiet with { PingInterval = TimeSpan.FromSeconds(10) },
            [A, Mallory],
            Self,
            safeguards: SafeguardsOf("self")).Start();
        bench.RunFor(3);
        var asked = bench.Sent<Ping>("a")[^1].Message.Timestamp;

        var forged = As("mallory").Sign(Relayed("a", "self", new Pong(A.Id, asked, NextId())));
        bench.Receive("mallory", OnTheWire(forged));

        Assert.Null(bench.Remote("a").RoundTripTime);
        Assert.Equal([(Mallory.Id, 1)], bench.Events.Offences);

        bench.Receive("mallory", OnTheWire(As("a").Sign(Relayed("a", "self", new Pong(A.Id, asked, NextId())))));
        Assert.NotNull(bench.Remote("a").RoundTripTime);
    }

    /// <summary>Mallory has seen the RELAY of another, and is faster with its id.</summary>
    [Fact]
    public void MessageId_UsedByAnotherFirst_IsStillNewFromItsOwner()
    {
        var bench = Bench(Self, A, Mallory);
        var id = NextId();
        bench.Receive("mallory", OnTheWire(As("mallory").Sign(new Relay(
            Mallory.Id, Self.Id, new Ping(Mallory.Id, 1, NextId()), id, default))));
        bench.Receive("mallory", new Ping(Mallory.Id, 1, id));

        var own = As("a").Sign(new Relay(A.Id, Self.Id, new Ping(A.Id, 1, NextId()), id, default));
        bench.Receive("a", OnTheWire(own));

        Assert.Single(bench.Sent<Pong>("a"));
    }

    /// <summary>The same RELAY in another layout is the same RELAY.</summary>
    [Fact]
    public void Relay_RepeatedInAnotherLayout_IsADuplicate()
    {
        var bench = Bench(Self, A, Mallory);
        var relay = OnTheWire(As("a").Sign(Relayed("a", "self", new Ping(A.Id, 1, NextId()))));
        bench.Receive("mallory", relay);
        bench.Receive("mallory", relay with { Json = relay.Json.ToArray().Append((byte)' ').ToArray() });
        Assert.Single(bench.Sent<Pong>("a"));
    }

    /// <summary>Mallory tells of a peer that nobody here knows yet, with false address and network.</summary>
    [Fact]
    public void Newcomer_WhoWasNamedFalselyBefore_IsLetInAndAnswered()
    {
        var bench = Bench(Self, Mallory);
        var lie = A with { Ip = "10.9.9.9", Nat = true, NetworkId = 77 };
        bench.Receive("mallory", new PeerList(Mallory.Id, [lie], NextId()));

        Assert.Equal(A, bench.Remote("a").Info);
        var proven = bench.Peer.Identify(bench.Now, A.Id);
        Assert.True(bench.Peer.Admits(proven));
        bench.Receive("a", new Ping(A.Id, 1, NextId()));
        Assert.Single(bench.Sent<Pong>("a"));
    }

    [Fact]
    public void Identify_ProvenPeerThatWasNotKnown_IsKnownAsThePlanHasIt()
    {
        var bench = Bench(Self, Mallory);
        Assert.Equal(B.Id, bench.Peer.Identify(bench.Now, B.Id));
        Assert.Equal(B, bench.Remote("b").Info);
    }

    /// <summary>An address proves nothing, and neither does a word.</summary>
    [Fact]
    public void Identify_HelloFromTheRightAddress_IsAStranger() =>
        Assert.True(
            Bench(Self, A).Peer.Identify(TimeSpan.Zero, A.Ip, new Hello(A, NextId())).IsStranger);

    [Fact]
    public void Block_OfAMakerWhoIsNotInTheFile_IsRefusedAndNobodyIsBlamed()
    {
        var bench = Bench(Self, A);
        var foreign = BlockFactory.Create(new PeerId("nobody"), 1, Hash256.Genesis, []);

        bench.Receive("a", As("a").Sign(foreign, []));

        Assert.Equal(0, bench.Peer.Ledger.Chain.Count);
        Assert.Equal(DropReason.UnknownMaker, Assert.Single(bench.Events.Drops).Reason);
        Assert.Empty(bench.Events.Offences);
    }

    [Fact]
    public void Block_WithoutItsMakersSignature_IsAnOffenceOfWhoDelivers()
    {
        var bench = Bench(Self, A, Mallory);
        for (var i = 0; i < 4; i++)
        {
            var inAsName = BlockFactory.Create(A.Id, i, Hash256.Genesis, []);
            bench.Receive("mallory", As("mallory").Sign(inAsName, []));
        }

        Assert.Equal(0, bench.Peer.Ledger.Chain.Count);
        Assert.Equal([Mallory.Id], bench.Events.Bans);
        Assert.Equal(0, bench.Remote("a").Offences);
    }

    [Fact]
    public void Stranger_BadSignatures_AreNobodysOffence()
    {
        var bench = Bench(Self, A);
        bench.Receive("@10.1.2.3", BlockFactory.Create(A.Id, 1, Hash256.Genesis, []));
        bench.Receive("@10.1.2.3", TransactionFactory.Create("a", "b", 1, 1));
        Assert.Equal(2, bench.Events.Drops.Count(drop => drop.Reason == DropReason.InvalidSignature));
        Assert.Empty(bench.Events.Offences);
    }

    /// <summary>A stranger may bring what proves itself.</summary>
    [Fact]
    public void Stranger_SignedBlockAndTransaction_AreTaken()
    {
        var bench = Bench(Self, A);
        bench.Receive("@10.1.2.3", As("a").Sign(BlockFactory.Create(A.Id, 1, Hash256.Genesis, []), []));
        bench.Receive("@10.1.2.3", As("a").Sign(TransactionFactory.Create("a", "b", 1, 1)));
        Assert.Equal((1, 1), (bench.Peer.Ledger.Chain.Height, bench.Peer.Ledger.Pool.Count));
    }

    [Fact]
    public void OwnBlockAndTransactions_OfASignedPeer_AreProvenToOthers()
    {
        var bench = Bench(Self, A);
        bench.Peer.Apply(bench.Now, new Pay(A.Id, 5));
        var made = bench.Peer.Apply(bench.Now, new Mine()).Block!;

        Assert.Single(made.TransactionIds);
        Assert.Equal(1, bench.Peer.Ledger.Chain.Height);
        Assert.Equal(Verdict.Proven, As("a").Judge(made));
        Assert.Equal(Verdict.Proven, As("a").Judge(bench.Sent<Transaction>("a")[0].Message));
    }

    [Fact]
    public void OwnRelay_OfASignedPeer_IsProvenToOthers()
    {
        var hidden = Make.Info("hidden", nat: true, network: 1);
        var gateway = Make.Info("gateway", network: 1);
        var plan = TestSignatures.Plan(Self, hidden, gateway);
        var bench = new PeerBench(
            Make.Quiet,
            [hidden, gateway],
            Self,
            safeguards: new Safeguards { Identity = TestSignatures.NetworkOf("self", plan) });

        bench.Receive("gateway", OnTheWire(TestSignatures.NetworkOf("hidden", plan).Sign(
            Relayed("hidden", "self", new Ping(hidden.Id, 1, NextId())))));

        var answer = Assert.Single(bench.Sent<Relay>("gateway")).Message;
        Assert.Equal(Verdict.Proven, TestSignatures.NetworkOf("hidden", plan).Judge(OnTheWire(answer)));
    }

    [Fact]
    public void ChallengeAndProof_InANetworkThatDoesNotSign_AreUnknownTypesAndNoOffence()
    {
        var bench = new PeerBench(Make.Quiet, [A], Self);
        bench.Receive("a", new Challenge(A.Id, Make.Hash("c"), NextId()));
        bench.Receive("a", new Proof(A.Id, Self.Id, default, NextId()));

        Assert.Equal(
            [DropReason.UnknownType, DropReason.UnknownType], bench.Events.Drops.Select(drop => drop.Reason));
        Assert.Empty(bench.Events.Offences);
    }

    private static PeerBench Bench(PeerInfo self, params PeerInfo[] known) =>
        new(Make.Quiet, known, self, safeguards: SafeguardsOf(self.Id.Value));

    private static Safeguards SafeguardsOf(string self) => new() { Identity = As(self) };

    private static SignedNetwork As(string peer) => TestSignatures.NetworkOf(peer, Plan);

    private static Relay OnTheWire(Relay relay)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        MessageCodec.Write(output, relay);
        MessageCodec.Read(output.WrittenSpan[..^1], out var read, out _);
        return Assert.IsType<Relay>(read);
    }

    private BlockHeaders Headers(string from, BlockHeader header) => new(new PeerId(from), [header], NextId());

    private Relay Relayed(string origin, string target, Message payload) =>
        new(new PeerId(origin), new PeerId(target), payload, NextId(), default);

    private MessageId NextId() => Make.Id(_messages++);
}
