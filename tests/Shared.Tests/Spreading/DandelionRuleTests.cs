using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class DandelionRuleTests
{
    private static readonly Transaction[] Txs = RuleBench.Transactions(30);

    [Fact]
    public void OwnTransaction_BeginsAsAStem_AndIsSpreadWhenItsTimeIsUp()
    {
        var bench = Bench();
        bench.Peer.Apply(bench.Now, new Pay(new PeerId("p00"), 5));
        Assert.Single(bench.Sent<StemTransaction>());
        bench.RunFor(9);
        Assert.Empty(bench.Sent<Transaction>());
        bench.RunFor(300);
        Assert.Equal(3, bench.Sent<Transaction>().Count);
    }

    [Fact]
    public void StemTransactions_OfOneNeighbour_GoToTheSameOne_AndAreNotInThePool()
    {
        var bench = Bench();
        foreach (var transaction in Txs)
        {
            Receive(bench, "p03", transaction);
        }

        Assert.Equal(Txs.Length, bench.Sent<StemTransaction>().Count);
        Assert.Single(bench.Sent<StemTransaction>().Select(sent => sent.To).Distinct());
        Assert.True(bench.Peer.Ledger.Pool.Count == 0);
        Assert.Empty(bench.Sent<Transaction>());
    }

    [Fact]
    public void StemTransaction_HeardOfByTx_IsSpreadAsAnyOther_AndOnce()
    {
        var bench = Bench();
        Receive(bench, "p03", Txs[0]);
        bench.Receive("p04", Txs[0]);
        Assert.Equal(3, bench.Sent<Transaction>().Count);
        bench.RunFor(300);
        Assert.Equal(3, bench.Sent<Transaction>().Count);
    }

    [Fact]
    public void StemTransaction_ThatComesBack_IsSpread_ButNotByItsMaker()
    {
        var bench = Bench();
        Receive(bench, "p03", Txs[0]);
        Receive(bench, "p05", Txs[0]);
        Assert.True(bench.Peer.Ledger.Pool.Count == 1);
        Assert.Equal(3, bench.Sent<Transaction>().Count);

        var maker = Bench();
        maker.Peer.Apply(maker.Now, new Pay(new PeerId("p00"), 5));
        Receive(maker, "p05", maker.Sent<StemTransaction>()[0].Message.Transaction);
        Assert.Equal(2, maker.Sent<StemTransaction>().Count);
        Assert.Empty(maker.Sent<Transaction>());
    }

    [Fact]
    public void WithoutNeighboursThatUnderstand_IsSpreadAtOnce()
    {
        var bench = RuleBench.Of("dandelion", Make.Infos(5)).Start();
        bench.Peer.Apply(bench.Now, new Pay(new PeerId("p00"), 5));
        Assert.Equal(3, bench.Sent<Transaction>().Count);
    }

    [Fact]
    public void StemTransaction_WithFalseId_IsAnOffence()
    {
        var bench = Bench();
        Receive(bench, "p03", Txs[0] with { HasValidId = false });
        Assert.Single(bench.Events.Offences);
        Assert.Empty(bench.Sent<StemTransaction>());
    }

    /// <summary>In one epoch of ten a peer ends all stems that come to it.</summary>
    [Fact]
    public void PeersThatEndStems_AreOneInTen()
    {
        var ends = Enumerable.Range(0, 400).Count(seed =>
        {
            var bench = Bench((ulong)seed);
            Receive(bench, "p03", Txs[0]);
            return bench.Sent<Transaction>().Count > 0;
        });

        // Mean 40, standard deviation 6.
        Assert.InRange(ends, 16, 70);
    }

    private static void Receive(PeerBench bench, string from, Transaction transaction) =>
        bench.Receive(from, new StemTransaction(new PeerId(from), transaction, bench.NextId()));

    private static PeerBench Bench(ulong seed = 1)
    {
        var infos = Make.Infos(8);
        return RuleBench.Of("dandelion", infos, seed: seed).Start().Greeted([.. infos.Select(info => info.Id.Value)]);
    }
}
