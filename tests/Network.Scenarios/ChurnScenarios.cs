
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
        await node.StartAsync();
        var time = await Eventually.HoldsAsync(
            "5010 has the chain again", () => HasChainOfAsync(node, witness, before), RestartTime, run.Network.DescribeAsync);
        TestContext.Current.TestOutputHelper!.WriteLine($"has the chain {time.TotalSeconds:0.0} s after its start");

        // A fresh process makes blocks again, which the other tests do not expect.
        await node.Client.SetGenerationAsync(false, TestContext.Current.CancellationToken);
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
            await node.StartAsync();
            var known = await Eventually.HoldsAsync(
                "5011 knows all others", KnowsAllAsync, JoiningTime, run.Network.DescribeAsync);
            var chain = await Eventually.HoldsAsync(
                "5011 has the chain", () => HasChainOfAsync(node, witness, before), JoiningTime - known, run.Network.DescribeAsync);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"knows all after {known.TotalSeconds:0.0} s, has the chain after {(known + chain).TotalSeconds:0.0} s");
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
    }

    private static async Task<bool> HasChainOfAsync(INodeUnderTest node, INodeUnderTest witness, int atLeast)
    {
        var statuses = await Task.WhenAll(node.StatusAsync(), witness.StatusAsync());
        return statuses is [{ } own, { } other] && own.Tip == other.Tip && own.Height >= atLeast;
    }
}
