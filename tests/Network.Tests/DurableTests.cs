using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

/// <summary>A network that keeps its data.</summary>
public sealed class DurableTests
{
    private const int Blocks = 6;

    [Fact]
    public async Task Peers_KilledAndStartedAgain_HaveTheirChainAtOnceAndGoOn()
    {
        var network = new TestNetwork(TestPlan.OfShippedFile("5005", "5009", "5010").WithData("kept"));
        await using (network)
        {
            await network.StartAsync();
            for (var i = 0; i < Blocks; i++)
            {
                await network.Node("5005").Client.MineAsync(TestContext.Current.CancellationToken);
            }

            await UntilAsync("all have the blocks", network, statuses => statuses.All(one => one?.Height >= Blocks));
            var before = await network.Node("5010").StatusAsync();
            await Task.WhenAll(network.Nodes.Select(node => node.KillAsync()));

            // Alone, so that nobody can have given it the chain.
            await network.Node("5010").StartAsync();
            await UntilAsync("5010 answers", network, statuses => statuses.Any(one => one is not null));
            var after = await network.Node("5010").StatusAsync();
            Assert.True(after!.Height >= before!.Height, $"{before.Height} blocks before, {after.Height} after");
            Assert.EndsWith(Path.Combine("kept", "peer-5010.db"), after.Storage!.File, StringComparison.Ordinal);

            await network.Node("5005").StartAsync();
            await network.Node("5009").StartAsync();
            await UntilAsync("all answer", network, statuses => statuses.All(one => one is not null));
            await network.Node("5009").Client.MineAsync(TestContext.Current.CancellationToken);
            await UntilAsync(
                "the network goes on with one chain",
                network,
                statuses => statuses.All(one => one?.Height > before.Height)
                    && statuses.Select(one => one!.Tip).Distinct().Count() == 1);
        }
    }

    private static async Task UntilAsync(
        string what, TestNetwork network, Func<NodeApi.NodeStatus?[], bool> condition) =>
        await Eventually.HoldsAsync(
            what,
            async () => condition(await Task.WhenAll(network.Nodes.Select(node => node.StatusAsync()))),
            network.Nodes.SightAsync,
            network.DescribeAsync);
}
