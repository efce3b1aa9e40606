using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Spreading;

public class CompactRuleTests
{
    private static readonly Transaction[] Txs = RuleBench.Transactions(4);
    private static readonly Block News = RuleBench.Block(Txs);

    [Fact]
    public void NewBlock_NobodyWantsItUnasked_IsAnnouncedToAllThatLackIt()
    {
        var bench = Bench(5).Greeted("p00", "p01");
        bench.Receive("p00", News);
        Assert.Equal(["p01", "p02", "p03", "p04"], bench.Sent<Inv>().Select(sent => sent.To).Order());
        Assert.Empty(bench.Sent<CompactBlock>());
    }

    [Fact]
    public void Hello_OfRuleWithMessages_SaysItsName_AndALightPeersDoesNot()
    {
        Assert.All(Bench(2).Start().Sent<Hello>(), sent => Assert.Equal("compact", sent.Message.Relay));
        var light = new PeerBench(Make.Quiet with { Relay = "compact" }, Make.Infos(2), Make.Info("l", light: true));
        Assert.All(light.Start().Sent<Hello>(), sent => Assert.Null(sent.Message.Relay));
        var usual = new PeerBench(Make.Quiet, Make.Infos(2)).Start();
        Assert.All(usual.Sent<Hello>(), sent => Assert.Null(sent.Message.Relay));
    }

    /// <summary>The last three to deliver are asked for more, unasked; the fourth takes the place of the first.</summary>
    [Fact]
    public void WhoDelivers_IsAskedToSendUnasked_ThreeAtMost()
    {
        var bench = Bench(5).Greeted("p00", "p01", "p02", "p03");
        var parent = Hash256.Genesis;
        foreach (var giver in (string[])["p00", "p01", "p00", "p02", "p03", "p04"])
        {
            var block = BlockFactory.Create(new PeerId(giver), 2.5, parent, []);
            bench.Receive(giver, block);
            parent = block.Id;
        }

        Assert.Equal(
            [("p00", true), ("p01", true), ("p02", true), ("p03", true), ("p01", false)],
            bench.Sent<SendCompact>().Select(sent => (sent.To, sent.Message.Unasked)));
    }

    [Fact]
    public void WhoIsAskedAndAnnouncesNevertheless_IsAskedAgain()
    {
        var bench = Bench(2).Greeted("p00");
        bench.Receive("p00", News);
        var next = BlockFactory.Create(new PeerId("m"), 3.5, News.Id, []);
        bench.Receive("p00", new Inv(new PeerId("p00"), [next.Id], bench.NextId()));
        bench.Receive("p00", next);
        Assert.Equal(2, bench.Sent<SendCompact>("p00").Count);
    }

    [Fact]
    public void WhoWantsItUnasked_GetsItCompact_AndNoInv()
    {
        var bench = Bench(4).Greeted("p01", "p02");
        bench.Receive("p01", new SendCompact(new PeerId("p01"), true, bench.NextId()));
        bench.Receive("p02", new SendCompact(new PeerId("p02"), true, bench.NextId()));
        bench.Receive("p02", new SendCompact(new PeerId("p02"), false, bench.NextId()));
        bench.Receive("p00", News);

        Assert.Equal("p01", Assert.Single(bench.Sent<CompactBlock>()).To);
        Assert.Equal(["p02", "p03"], bench.Sent<Inv>().Select(sent => sent.To).Order());
    }

    [Fact]
    public void Withholder_SendsNeitherUnaskedNorPieces()
    {
        var bench = RuleBench.Of("compact", Make.Infos(2), behaviour: "withhold").Greeted("p01");
        bench.Receive("p01", new SendCompact(new PeerId("p01"), true, bench.NextId()));
        bench.Receive("p00", News);
        bench.Receive("p01", new GetBlockTransactions(new PeerId("p01"), News.Id, [0], bench.NextId()));
        Assert.Equal("p01", Assert.Single(bench.Sent<Inv>()).To);
        Assert.Empty(bench.Sent<CompactBlock>());
        Assert.Empty(bench.Sent<BlockTransactions>());
    }

    [Fact]
    public void CompactBlock_AllInThePool_IsTakenWithoutAQuestion()
    {
        var bench = WithPool(Txs).Greeted("p00");
        bench.Receive("p00", Compact(News));
        Assert.Equal(News.Id, bench.Peer.Ledger.Chain.Tip!.Id);
        Assert.True(bench.Peer.Ledger.Pool.Count == 0);
        Assert.Empty(bench.Sent<GetBlock>());
        Assert.Empty(bench.Sent<GetBlockTransactions>());
    }

    [Fact]
    public void CompactBlock_SomeMissing_AreAskedForAndPutIn()
    {
        var bench = WithPool(Txs[1], Txs[3]).Greeted("p00");
        bench.Receive("p00", Compact(News));
        var ask = Assert.Single(bench.Sent<GetBlockTransactions>());
        Assert.Equal(("p00", News.Id), (ask.To, ask.Message.BlockId));
        Assert.Equal([0, 2], ask.Message.Indexes);
        Assert.Null(bench.Peer.Ledger.Chain.Tip);

        bench.Receive("p00", new BlockTransactions(new PeerId("p00"), News.Id, [Txs[0], Txs[2]], bench.NextId()));
        Assert.Equal(News.Id, bench.Peer.Ledger.Chain.Tip!.Id);
        bench.RunFor(60);
        Assert.Empty(bench.Sent<GetBlock>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CompactBlock_MissingDoNotCome_IsAskedForWhole(bool isAnswered)
    {
        var bench = WithPool(Txs[1], Txs[3]).Greeted("p00");
        bench.Receive("p00", Compact(News));
        if (isAnswered)
        {
            bench.Receive("p00", new BlockTransactions(new PeerId("p00"), News.Id, [Txs[0]], bench.NextId()));
        }

        bench.RunFor(isAnswered ? 0 : 1.5);
        var ask = Assert.Single(bench.Sent<GetBlock>());
        Assert.Equal(("p00", false), (ask.To, ask.Message.Compact));
        Assert.Equal(isAnswered, bench.Remote("p00").Score.Points > 0);
    }

    [Fact]
    public void CompactBlock_MissingThatAreOthers_IsAskedForWhole_AndNoOffence()
    {
        var bench = WithPool(Txs[1], Txs[3]).Greeted("p00");
        bench.Receive("p00", Compact(News));
        bench.Receive("p00", new BlockTransactions(new PeerId("p00"), News.Id, [Txs[2], Txs[0]], bench.NextId()));
        Assert.Single(bench.Sent<GetBlock>());
        Assert.Empty(bench.Events.Offences);
    }

    [Fact]
    public void BlockTransactions_WithFalseId_AreAnOffence()
    {
        var bench = WithPool().Greeted("p00");
        var isFalse = Txs[0] with { HasValidId = false };
        bench.Receive("p00", new BlockTransactions(new PeerId("p00"), News.Id, [isFalse], bench.NextId()));
        Assert.Single(bench.Events.Offences);
    }

    /// <summary>Fields that nobody knows are in the envelope; in a transaction, only its maker has them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CompactBlock_WithFieldsThatNobodyKnows_IsRebuiltExactlyOrAskedForWhole(bool isInTransaction)
    {
        var strange = RuleBench.Strange(News, isInTransaction);
        var bench = WithPool(Txs).Greeted("p00");
        bench.Receive("p00", Compact(strange));
        Assert.Equal(isInTransaction ? null : strange.Id, bench.Peer.Ledger.Chain.Tip?.Id);
        Assert.Equal(isInTransaction ? 1 : 0, bench.Sent<GetBlock>().Count);
        Assert.Empty(bench.Events.Offences);
    }

    [Fact]
    public void CompactBlock_TwoWithOneShortId_IsAskedForWhole()
    {
        var bench = WithPool(Txs).Greeted("p00");
        var compact = Compact(News);
        bench.Receive("p00", compact with { ShortIds = [.. compact.ShortIds.Select(_ => compact.ShortIds[0])] });
        Assert.Single(bench.Sent<GetBlock>());
    }

    [Fact]
    public void Inv_OfNeighbourThatUnderstands_IsAnsweredByAQuestionForTheCompactBlock()
    {
        var bench = Bench(2).Greeted("p00");
        bench.Receive("p00", new Inv(new PeerId("p00"), [News.Id], bench.NextId()));
        Assert.True(Assert.Single(bench.Sent<GetBlock>("p00")).Message.Compact);

        var plain = Bench(2);
        plain.Receive("p00", new Inv(new PeerId("p00"), [News.Id], plain.NextId()));
        Assert.False(Assert.Single(plain.Sent<GetBlock>("p00")).Message.Compact);
    }

    /// <summary>What one peer sends compact, another rebuilds to the byte of its canonical form.</summary>
    [Fact]
    public void GetBlock_Compact_IsServedCompact_UnlessItIsDeepOrTheAskerDoesNotUnderstand()
    {
        var bench = Bench(3).Greeted("p01");
        bench.Receive("p00", News);
        Ask("p01", News.Id);
        Ask("p02", News.Id);
        Assert.Equal("p01", Assert.Single(bench.Sent<CompactBlock>()).To);
        Assert.Equal("p02", Assert.Single(bench.Sent<Block>()).To);

        var parent = News.Id;
        for (var i = 0; i < 5; i++)
        {
            var block = BlockFactory.Create(new PeerId("m"), 9.5 + i, parent, []);
            bench.Receive("p00", block);
            parent = block.Id;
        }

        Ask("p01", News.Id);
        Assert.Equal(News.Id, Assert.Single(bench.Sent<Block>("p01")).Message.Id);

        void Ask(string who, Hash256 id) =>
            bench.Receive(who, new GetBlock(new PeerId(who), [id], bench.NextId()) { Compact = true });
    }

    [Fact]
    public void GetBlockTransactions_GetsThoseOfTheBlock_AndAnImpossiblePlaceIsAMistake()
    {
        var bench = Bench(2).Greeted("p01");
        bench.Receive("p00", News);
        bench.Receive("p01", new GetBlockTransactions(new PeerId("p01"), News.Id, [1, 3], bench.NextId()));
        var answer = Assert.Single(bench.Sent<BlockTransactions>("p01"));
        Assert.Equal([Txs[1].Id, Txs[3].Id], answer.Message.Transactions.Select(transaction => transaction.Id));

        bench.Receive("p01", new GetBlockTransactions(new PeerId("p01"), News.Id, [4], bench.NextId()));
        Assert.Single(bench.Sent<BlockTransactions>());
        Assert.True(bench.Remote("p01").Score.Points > 0);
    }

    /// <summary>A thousand announcements of blocks that nobody can rebuild leave no more than the limits say.</summary>
    [Fact]
    public void CompactBlocks_ThatAreNeverCompleted_AreBounded()
    {
        var bench = Bench(3).Greeted("p00", "p01");
        for (var i = 0; i < 1_000; i++)
        {
            var block = BlockFactory.Create(new PeerId("m" + i), i + 0.5, Hash256.Genesis, Txs);
            bench.Receive(i % 2 == 0 ? "p00" : "p01", Compact(block));
        }

        bench.RunFor(30);
        bench.Receive("p02", News);
        Assert.Equal(News.Id, bench.Peer.Ledger.Chain.Tip!.Id);
    }

    [Fact]
    public void RandomBlock_RandomPool_IsRebuiltWithWhatWasMissing() =>
        Gen.Select(Gen.Int[0, 40], Gen.ULong, Gen.Bool.Array[40]).Sample((count, seed, has) =>
        {
            var all = RuleBench.Transactions(count);
            var block = RuleBench.Block(all);
            var giver = Bench(2, seed).Greeted("p01");
            giver.Receive("p00", block);
            giver.Receive("p01", new GetBlock(new PeerId("p01"), [block.Id], giver.NextId()) { Compact = true });

            var taker = Bench(2, seed + 1).Greeted("p00");
            foreach (var transaction in all.Where((_, i) => has[i]))
            {
                taker.Receive("p01", transaction);
            }

            taker.Receive("p00", OnTheWire(giver.Sent<CompactBlock>("p01").Single().Message));
            if (taker.Sent<GetBlockTransactions>().SingleOrDefault() is { Message: { } question })
            {
                giver.Receive("p01", OnTheWire(question));
                taker.Receive("p00", OnTheWire(giver.Sent<BlockTransactions>("p01").Single().Message));
            }

            Assert.Equal(block.Id, taker.Peer.Ledger.Chain.Tip!.Id);
            Assert.Empty(taker.Sent<GetBlock>());
        }, iter: 50);

    private static Message OnTheWire(Message message)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message);
        Assert.Equal(ReadOutcome.Message, MessageCodec.Read(output.WrittenSpan[..^1], out var read, out _));
        return read!;
    }

    private static CompactBlock Compact(Block block)
    {
        var ids = new ShortIds(block.Id, nonce: 7);
        return new CompactBlock(
            new PeerId("p00"),
            block.Header,
            BlockFactory.EnvelopeOf(block),
            7,
            [.. block.TransactionIds.Select(id => ids.Of(id))],
            MessageId.Of(block.Id));
    }

    private static PeerBench Bench(int known, ulong seed = 1) =>
        RuleBench.Of("compact", Make.Infos(known), seed: seed);

    private static PeerBench WithPool(params Transaction[] pool)
    {
        var bench = Bench(2);
        foreach (var transaction in pool)
        {
            bench.Receive("p01", transaction);
        }

        return bench;
    }
}
