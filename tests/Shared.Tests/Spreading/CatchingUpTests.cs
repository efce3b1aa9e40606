using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

/// <summary>What a peer that was behind tells the others, and how it learns what it lacks.</summary>
public class CatchingUpTests
{
    private readonly PeerBench _bench = new(Make.Quiet with { Fanout = 9 }, Make.Infos(4));

    [Fact]
    public void Blocks_FetchedByHeaderExchange_OnlyTheLastIsAnnounced()
    {
        _bench.ReceiveHeaders("p00", Make.Header("a"), Make.Header("b", "a"), Make.Header("c", "b"));
        _bench.Receive("p00", Make.Block("a"));
        _bench.Receive("p00", Make.Block("c", "b"));
        _bench.Receive("p00", Make.Block("b", "a"));
        _bench.RunFor(60);
        Assert.Equal(["c->p01", "c->p02", "c->p03"], Announced());
    }

    [Fact]
    public void Block_AnnouncedWhileCatchingUp_IsAnnouncedAtOnce()
    {
        _bench.ReceiveHeaders("p00", Make.Header("a"), Make.Header("b", "a"));
        _bench.ReceiveInv("p01", "a");
        _bench.Receive("p00", Make.Block("a"));
        Assert.Equal(["a->p02", "a->p03"], Announced());
    }

    /// <summary>Else anybody could silence a peer with headers of blocks that do not exist.</summary>
    [Fact]
    public void LastBlock_NeverComes_AnnouncesTheTipWhenItIsGivenUp()
    {
        _bench.ReceiveHeaders("p00", Make.Header("a"), Make.Header("b", "a"), Make.Header("made up", "b"));
        _bench.Receive("p00", Make.Block("a"));
        _bench.Receive("p00", Make.Block("b", "a"));
        Assert.Empty(Announced());
        _bench.RunFor(60);
        Assert.Equal(["b->p00", "b->p01", "b->p02", "b->p03"], Announced());
    }

    [Fact]
    public void LastBlock_IsFalse_AnnouncesTheTip()
    {
        _bench.ReceiveHeaders("p00", Make.Header("a"), Make.Header("b", "a"));
        _bench.Receive("p00", Make.Block("a"));
        _bench.Receive("p00", Make.Block("b", "a", valid: false));
        _bench.RunFor(60);
        Assert.Equal(["a->p00", "a->p01", "a->p02", "a->p03"], Announced());
    }

    /// <summary>The tip of the others after a partition must be heard of; a branch long settled need not.</summary>
    [Theory]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void StaleBlock_FetchedByHeaderExchange_IsAnnouncedUnlessItIsSettled(int height, bool isAnnounced)
    {
        for (var i = 1; i <= height; i++)
        {
            _bench.Receive("p00", Make.Block($"main {i}", i == 1 ? null : $"main {i - 1}"));
        }

        _bench.RunFor(60);
        var before = Announced();
        _bench.ReceiveHeaders("p00", Make.Header("stale"));
        _bench.Receive("p00", Make.Block("stale"));
        _bench.RunFor(60);
        string[] told = isAnnounced ? ["stale->p01", "stale->p02", "stale->p03"] : [];
        Assert.Equal(before.Concat(told).Order(), Announced());
        Assert.Equal(height + 1, _bench.Peer.Ledger.Chain.Count);
    }

    [Fact]
    public void OneParentMissing_NoHeadersAreAskedFor()
    {
        _bench.ReceiveInv("p00", "b");
        _bench.Receive("p00", Make.Block("b", "a"));
        _bench.Receive("p00", Make.Block("a"));
        Assert.Empty(_bench.Sent<GetBlockHeaders>());
        Assert.Contains("a->p01", Announced());
        Assert.Contains("b->p01", Announced());
    }

    [Fact]
    public void TwoMissingInARow_HeadersAreAskedForOnce()
    {
        _bench.ReceiveInv("p00", "d");
        _bench.Receive("p00", Make.Block("d", "c"));
        _bench.Receive("p00", Make.Block("c", "b"));
        Assert.Equal("p00", Assert.Single(_bench.Sent<GetBlockHeaders>()).To);

        _bench.ReceiveHeaders("p00", Make.Header("a"), Make.Header("b", "a"));
        _bench.Receive("p00", Make.Block("b", "a"));
        _bench.Receive("p00", Make.Block("a"));
        _bench.RunFor(60);
        Assert.Single(_bench.Sent<GetBlockHeaders>());
        Assert.Equal(["d->p01", "d->p02", "d->p03"], Announced());
    }

    /// <summary>A single header of a block is of no use to it, since two peers must say the same.</summary>
    [Fact]
    public void ParentMissingOnALightPeer_HeadersAreAskedFor()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(2), Make.Info("self", light: true));
        foreach (var witness in (string[])["p00", "p01"])
        {
            bench.ReceiveInv(witness, "b");
            bench.ReceiveHeaders(witness, Make.Header("b", "a"));
        }

        Assert.Equal("p01", Assert.Single(bench.Sent<GetBlockHeaders>()).To);
    }

    [Fact]
    public void HeaderExchange_PartnerLacksAStaleBlock_IsToldOfIt()
    {
        foreach (var block in (Block[])[Make.Block("a"), Make.Block("rival"), Make.Block(
            "b", "a"), Make.Block("c", "b")])
        {
            _bench.Receive("p00", block);
        }

        _bench.RunFor(60);
        var before = Announced();
        _bench.ReceiveHeaders("p01", Make.Header(Stale()));
        Assert.Equal(before, Announced());
        _bench.ReceiveHeaders("p01");
        Assert.Equal(before.Append($"{Stale()}->p01").Order(), Announced());
    }

    private string Stale() => _bench.Peer.Ledger.Chain.IsOnChain(Make.Hash("a")) ? "rival" : "a";

    private string[] Announced() =>
    [
        .. _bench.Sent<Inv>().SelectMany(sent => sent.Message.BlockIds.Select(id => $"{Name(id)}->{sent.To}"))
            .Order(),
    ];

    private static string Name(Hash256 id) =>
        Array.Find<string>(["a", "b", "c", "d", "rival", "stale"], name => Make.Hash(name) == id) ?? "another";
}
