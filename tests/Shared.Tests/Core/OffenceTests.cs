using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

public class OffenceTests
{
    private static readonly PeerInfo A = Make.Info("a");
    private static readonly PeerInfo B = Make.Info("b");

    [Fact]
    public void InvalidId_MoreThanThree_BansTheDeliverer()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        for (var i = 1; i <= 3; i++)
        {
            bench.Receive("a", Make.Block($"bad{i}", valid: false));
            Assert.Equal((A.Id, i), bench.Events.Offences[^1]);
            Assert.Empty(bench.Events.Bans);
        }

        bench.Receive("a", Make.Transaction("bad", valid: false));

        Assert.Equal([A.Id], bench.Events.Bans);
        Assert.True(bench.Remote("a").IsBanned);
        Assert.Equal(0, bench.Remote("b").Offences);
        Assert.Equal(4, bench.Events.Drops.Count(drop => drop.Reason == DropReason.InvalidId));
    }

    [Fact]
    public void Banned_Peer_IsNeitherHeardNorAnswered()
    {
        var bench = Banned();
        bench.Receive("a", Make.Transaction("good"));
        bench.Receive("a", new Ping(A.Id, 0, bench.NextId()));

        Assert.Empty(bench.Events.AcceptedTransactions);
        Assert.Empty(bench.Sent<Pong>());
        Assert.Equal(
            [(MessageType.Tx, DropReason.Blacklisted), (MessageType.Ping, DropReason.Blacklisted)],
            bench.Events.Drops.TakeLast(2).Select(drop => (drop.Type, drop.Reason)));
    }

    [Fact]
    public void Banned_Peer_IsBannedInRelaysToo()
    {
        var bench = Banned();
        bench.Receive("b", Relayed(A.Id, bench, new Ping(A.Id, 0, bench.NextId())));
        Assert.DoesNotContain(bench.Events.Sents, sent => sent.Message is Pong or Relay);
        Assert.Equal((MessageType.Ping, DropReason.Blacklisted, A.Id), Last(bench));
        Assert.Equal(0, bench.Remote("b").Offences);
    }

    [Fact]
    public void Ban_MessagesWaiting_DropsThem()
    {
        var bench = new PeerBench(Make.Quiet with { SendLimit = new RateLimit(1, TimeSpan.FromHours(1)) }, [A]);
        for (var i = 0; i < 3; i++)
        {
            bench.Receive("a", new Ping(A.Id, 0, bench.NextId()));
        }

        Assert.Equal(2, bench.Remote("a").Queue.Count(MessagePriority.High));
        Ban(bench);

        Assert.Equal(0, bench.Remote("a").Queue.Count(MessagePriority.High));
        Assert.Equal(2, bench.Events.Drops.Count(drop => drop is (_, MessageType.Pong, DropReason.Blacklisted, _)));
    }

    [Fact]
    public void Stranger_InvalidIds_IsNeverBlamed()
    {
        var bench = new PeerBench(Make.Quiet, [A]);
        for (var i = 0; i < 10; i++)
        {
            bench.Receive("@10.1.2.3", Make.Block($"bad{i}", valid: false));
        }

        Assert.Equal(10, bench.Events.Drops.Count(drop => drop.Reason == DropReason.InvalidId));
        Assert.Empty(bench.Events.Offences);
        Assert.Empty(bench.Events.Bans);
    }

    [Fact]
    public void Relay_PayloadWithInvalidId_BlamesTheNeighbourNotTheOrigin()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        bench.Receive("b", Relayed(A.Id, bench, Make.Block("bad", valid: false)));
        Assert.Equal([(B.Id, 1)], bench.Events.Offences);
        Assert.Empty(bench.Events.Relays);
    }

    /// <summary>A node that has other rules, and a relay, which verifies ids only, pass it on in good faith.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BlocksThatBreakARuleOfTheChain_AreRefusedAndBlameNobody(bool relayed)
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        bench.Receive("b", Make.Block("first", null, true, "tx"));
        for (var i = 0; i < 10; i++)
        {
            var repeats = i == 0 ? Make.Block("0", null, true, "x", "x") : Make.Block($"{i}", "first", true, "tx");
            bench.Receive("b", relayed ? Relayed(A.Id, bench, repeats) : repeats);
            Assert.Equal((MessageType.Block, DropReason.InvalidBlock, B.Id), Last(bench));
        }

        Assert.Empty(bench.Events.Offences);
        Assert.Equal(1, bench.Peer.Ledger.Chain.Count);
    }

    /// <summary>Who names another as the sender is blamed himself.</summary>
    [Fact]
    public void Block_InAnothersName_BlamesTheConnection()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        var header = Make.Header("bad") with { Sender = B.Id };
        bench.Receive("a", new Block(header, [], [], default, HasValidId: false));
        Assert.Equal([(A.Id, 1)], bench.Events.Offences);
    }

    private static PeerBench Banned()
    {
        var bench = new PeerBench(Make.Quiet, [A, B]);
        Ban(bench);
        return bench;
    }

    private static void Ban(PeerBench bench)
    {
        for (var i = 0; i < 4; i++)
        {
            bench.Receive("a", Make.Block($"bad{i}", valid: false));
        }
    }

    private static Relay Relayed(PeerId origin, PeerBench bench, Message payload) =>
        new(origin, bench.Peer.Info.Id, payload, bench.NextId(), default);

    private static (MessageType, DropReason, PeerId) Last(PeerBench bench) =>
        (bench.Events.Drops[^1].Type, bench.Events.Drops[^1].Reason, bench.Events.Drops[^1].Peer);
}
