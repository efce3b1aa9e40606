using Blockchain.Shared;

namespace Blockchain.Network.Scenarios;

/// <summary>Peers that go and come while the others run.</summary>
public abstract class ChurnScenarios(NetworkRun run)
{
    private static readonly TimeSpan RestartTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan JoiningTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task PublicPeer_TakenDownAndStartedAgain_HasTheChainWithinFifteenSeconds()
    {
        var node = run.Network.Node("5010");
        var witness = run.Network.Node("5005");
        var before = (await witness.Client.StatusAsync(TestContext.Current.CancellationToken)).Height;
        Assert.True(before > 0, "there is no chain that it could have");

        await node.TakeDownAsync();
        var start = run.Probe.Now;
        await node.StartAsync();
        var time = await Eventually.HoldsAsync(
            "5010 has the chain again",
            () => HasChainOfAsync(node, witness, before),
            run.Network.Nodes.SightAsync,
            run.Network.DescribeAsync);
        var machine = run.Probe.Read(start);

        // A fresh process makes blocks again, which the other tests do not expect.
        await node.Client.TellAsync(new SetGenerating(false), TestContext.Current.CancellationToken);
        TimePromise.Check("5010 had the chain again", time, RestartTime, machine);
    }

    [Fact]
    public async Task Newcomer_KnowingOnePeer_LearnsOfAllAndHasTheChainWithinThirtySeconds()
    {
        var others = run.Network.Plan.Peers.Select(peer => peer.Id.Value).ToArray();
        var witness = run.Network.Node("5005");
        var before = (await witness.Client.StatusAsync(TestContext.Current.CancellationToken)).Height;
        var node = run.Network.AddNewcomer("5011", knows: "5005");
        try
        {
            var start = run.Probe.Now;
            await node.StartAsync();
            var known = await Eventually.HoldsAsync(
                "5011 knows all others", KnowsAllAsync, SightAsync, run.Network.DescribeAsync);
            var chain = await Eventually.HoldsAsync(
                "5011 has the chain",
                () => HasChainOfAsync(node, witness, before),
                SightAsync,
                run.Network.DescribeAsync);
            TimePromise.Check(
                $"5011 knew all others after {known.TotalSeconds:0.0} s, and had the chain",
                known + chain,
                JoiningTime,
                run.Probe.Read(start));
        }
        finally
        {
            await node.TakeDownAsync();
        }

        async Task<bool> KnowsAllAsync()
        {
            var peers = await node.Client.TryAsync((client, token) => client.PeersAsync(token), JoiningTime);
            return peers is not null && others.All(id => peers.Any(peer => peer.PeerId == id));
        }

        Task<string> SightAsync() => run.Network.Nodes.Append(node).SightAsync();
    }

    private static async Task<bool> HasChainOfAsync(INodeUnderTest node, INodeUnderTest witness, int atLeast)
    {
        var statuses = await Task.WhenAll(node.StatusAsync(), witness.StatusAsync());
        return statuses is [{ } own, { } other] && own.Tip == other.Tip && own.Height >= atLeast;
    }
}
