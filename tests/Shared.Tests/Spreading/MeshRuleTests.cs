using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Spreading;

public class MeshRuleTests
{
    private static readonly Transaction[] Txs = RuleBench.Transactions(40);
    private static readonly Block News = RuleBench.Block();

    [Fact]
    public void Heartbeat_WithoutAMesh_GraftsSix_AndNoMoreAfterThat()
    {
        var bench = Bench(20);
        bench.RunFor(30);
        Assert.Equal(6, bench.Sent<Graft>().Select(sent => sent.To).Distinct().Count());
        Assert.Equal(6, bench.Sent<Graft>().Count);
    }

    [Fact]
    public void Graft_OfMoreThanTwelve_IsAnsweredByPrune()
    {
        var bench = Bench(20, runFor: 0);
        foreach (var info in Make.Infos(20))
        {
            bench.Receive(info.Id.Value, new Graft(info.Id, bench.NextId()));
        }

        Assert.Equal(8, bench.Sent<Prune>().Count);
        Assert.All(bench.Sent<Prune>(), sent => Assert.Equal(60, sent.Message.BackoffSeconds));
        bench.Receive("p00", Txs[0]);
        Assert.Equal(11, bench.Sent<Transaction>().Count);
    }

    [Fact]
    public void News_GoWholeToTheMesh_AndAreOfferedToSomeOfTheOthers()
    {
        var bench = Bench(20);
        var mesh = bench.Sent<Graft>().Select(sent => sent.To).Order().ToList();
        var outside = Make.Infos(20).Select(info => info.Id.Value).Except(mesh).First();
        bench.Receive(outside, News);
        bench.Receive(outside, Txs[0]);
        Assert.Equal(mesh, bench.Sent<Block>().Select(sent => sent.To).Order());
        Assert.Equal(mesh, bench.Sent<Transaction>().Select(sent => sent.To).Order());

        bench.RunFor(10);
        Assert.Equal(3 * 6, bench.Sent<Have>().Count);
        Assert.DoesNotContain(bench.Sent<Have>(), sent => mesh.Contains(sent.To));
        Assert.All(bench.Sent<Have>(), sent => Assert.Equal([News.Id], sent.Message.BlockIds));
    }

    [Fact]
    public void Offer_OfWhatIsNotHere_IsAskedFor_TenTimesASecondAtMost()
    {
        var bench = Bench(20);
        for (var i = 0; i < 15; i++)
        {
            bench.Receive("p00", new Have(new PeerId("p00"), [], [Make.Hash($"tx {i}")], bench.NextId()));
        }

        Assert.Equal(10, bench.Sent<WantTransactions>("p00").Count);
        bench.Receive("p01", new Have(new PeerId("p01"), [News.Id], [], bench.NextId()));
        Assert.Equal([News.Id], Assert.Single(bench.Sent<GetBlock>("p01")).Message.BlockIds);
    }

    [Fact]
    public void Prune_LeavesTheMesh_AndAGraftThatComesTooEarlyIsRefused()
    {
        var bench = Bench(8);
        var one = bench.Sent<Graft>()[0].To;
        bench.Receive(one, new Prune(new PeerId(one), 60, bench.NextId()));
        bench.Receive(one, new Graft(new PeerId(one), bench.NextId()));
        Assert.Equal(one, Assert.Single(bench.Sent<Prune>()).To);
        bench.RunFor(50);
        Assert.Single(bench.Sent<Graft>(one));
    }

    [Fact]
    public void OneInTheMesh_ThatDeliversNothing_IsPruned()
    {
        var bench = Bench(6);
        for (var i = 0; i < Txs.Length; i++)
        {
            for (var giver = 1; giver < 6; giver++)
            {
                bench.Receive($"p0{giver}", Txs[i]);
            }

            bench.RunFor(1);
        }

        Assert.Equal(["p00"], bench.Sent<Prune>().Select(sent => sent.To).Distinct());
    }

    [Fact]
    public void OneInTheMesh_ThatDeliversAFalseId_IsPruned()
    {
        var bench = Bench(6);
        bench.Receive("p03", Txs[0] with { HasValidId = false });
        bench.RunFor(1.5);
        Assert.Equal("p03", Assert.Single(bench.Sent<Prune>()).To);
    }

    [Fact]
    public void Score_FadesAndRises_AsTheParametersSay()
    {
        var score = new MeshScore();
        score.Delivered(isFirst: true);
        Assert.Equal(1, score.ValueAt(default));
        score.DeliveredFalse();
        Assert.Equal(-9, score.ValueAt(default));
        for (var i = 0; i < 600; i++)
        {
            score.Beat();
        }

        // A false id counts half after ten minutes, and so, squared, a quarter.
        Assert.InRange(score.ValueAt(default), -2.6, -2.4);
    }

    private static PeerBench Bench(int known, double runFor = 3)
    {
        var infos = Make.Infos(known);
        var bench = RuleBench.Of("mesh", infos).Start().Greeted([.. infos.Select(info => info.Id.Value)]);
        bench.RunFor(runFor);
        return bench;
    }
}
