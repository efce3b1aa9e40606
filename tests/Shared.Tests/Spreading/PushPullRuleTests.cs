using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class PushPullRuleTests
{
    private static readonly Transaction[] Txs = RuleBench.Transactions(60);
    private static readonly Block News = RuleBench.Block();

    [Fact]
    public void Round_EachInterval_TellsOneNeighbourWhatIsNew_AndAsksAlsoWithNothingToTell()
    {
        var bench = Bench(4).Start().Greeted("p00", "p01");
        bench.RunFor(1);
        Assert.InRange(bench.Sent<Rumours>().Count, 4, 6);
        Assert.All(bench.Sent<Rumours>(), sent => Assert.Empty(sent.Message.BlockIds));
        Assert.All(bench.Sent<Rumours>(), sent => Assert.Contains(sent.To, (string[])["p00", "p01"]));

        bench.Receive("p00", News);
        bench.Receive("p00", Txs[0]);
        bench.RunFor(0.2);
        var told = bench.Sent<Rumours>()[^1].Message;
        Assert.Equal((News.Id, Txs[0].Id), (Assert.Single(told.BlockIds), Assert.Single(told.TransactionIds)));
    }

    [Fact]
    public void Rumour_AfterTwentyRounds_IsToldNoMore()
    {
        var bench = Bench(2).Start().Greeted("p00");
        bench.Receive("p01", Txs[0]);
        bench.RunFor(20);
        Assert.Equal(20, bench.Sent<Rumours>().Count(sent => sent.Message.TransactionIds.Count > 0));
    }

    [Fact]
    public void OthersThatDoNotUnderstand_AreToldAtOnce()
    {
        var bench = Bench(4).Greeted("p00", "p01");
        bench.Receive("p00", News);
        bench.Receive("p00", Txs[0]);
        Assert.Equal(["p02", "p03"], bench.Sent<Inv>().Select(sent => sent.To).Order());
        Assert.Equal(["p02", "p03"], bench.Sent<Transaction>().Select(sent => sent.To).Order());
    }

    [Fact]
    public void Rumours_OfWhatIsNotHere_AreAskedFor_OnceAtATime()
    {
        var bench = Bench(3).Greeted("p00", "p01");
        Hear(bench, "p00", [News.Id], [Txs[0].Id, Txs[1].Id]);
        Hear(bench, "p01", [News.Id], [Txs[1].Id, Txs[2].Id]);
        Assert.Equal([News.Id], Assert.Single(bench.Sent<GetBlock>("p00")).Message.BlockIds);
        Assert.Equal([Txs[0].Id, Txs[1].Id], bench.Sent<WantTransactions>("p00").Single().Message.TransactionIds);
        Assert.Equal([Txs[2].Id], bench.Sent<WantTransactions>("p01").Single().Message.TransactionIds);

        // What does not come is asked of the next one that names it.
        bench.RunFor(2);
        Hear(bench, "p01", [], [Txs[1].Id]);
        Assert.Equal([Txs[1].Id], bench.Sent<WantTransactions>("p01")[^1].Message.TransactionIds);
    }

    [Fact]
    public void Rumours_WithoutWhatIsHere_AreAnsweredByThat_AndByNothingElse()
    {
        var bench = Bench(3).Greeted("p00");
        bench.Receive("p02", News);
        bench.Receive("p02", Txs[0]);
        bench.Receive("p02", Txs[1]);
        var before = bench.Sent<Transaction>("p00").Count;
        Hear(bench, "p00", [], [Txs[1].Id]);
        Assert.Equal(News.Id, Assert.Single(bench.Sent<Inv>("p00")).Message.BlockIds.Single());
        Assert.Equal(Txs[0].Id, Assert.Single(bench.Sent<Transaction>("p00").Skip(before)).Message.Id);
    }

    [Fact]
    public void Answers_AreBounded_WhateverIsLackingOrAskedFor()
    {
        var bench = Bench(3).Greeted("p00");
        foreach (var transaction in Txs)
        {
            bench.Receive("p02", transaction);
        }

        Hear(bench, "p00", [], []);
        Assert.Equal(25, bench.Sent<Transaction>("p00").Count);
        bench.Receive("p00", new WantTransactions(
            new PeerId("p00"), [.. Txs.Select(transaction => transaction.Id)], bench.NextId()));
        Assert.Equal(75, bench.Sent<Transaction>("p00").Count);
        Hear(bench, "p00", [], [.. Enumerable.Range(0, 5_000).Select(i => Make.Hash($"none {i}"))]);
        Assert.Equal(500, bench.Sent<WantTransactions>("p00").Sum(sent => sent.Message.TransactionIds.Count));
    }

    private static void Hear(PeerBench bench, string from, Hash256[] blocks, Hash256[] transactions) =>
        bench.Receive(from, new Rumours(new PeerId(from), blocks, transactions, bench.NextId()));

    private static PeerBench Bench(int known) => RuleBench.Of(
        "push-pull", Make.Infos(known),
        settings => settings with { GossipInterval = TimeSpan.FromMilliseconds(200) });
}
