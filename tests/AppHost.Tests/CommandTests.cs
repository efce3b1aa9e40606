using Blockchain.AppHost.Network;
using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

/// <summary>What the commands of a peer do to its node.</summary>
[Collection(AspireRunGroup.Name)]
public sealed class CommandTests(AspireRun run)
{
    private AspireNetwork Network => run.Aspire;

    [Fact]
    public async Task Mine_OnAFullPeer_AddsABlockOfItsOwn()
    {
        var node = Network.Node("5005");
        var before = await node.Client.StatusAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Block ", await node.ExecuteAsync(CommandNames.Mine), StringComparison.Ordinal);

        var chain = await node.Client.BlocksAsync(TestContext.Current.CancellationToken);
        Assert.True(chain.Length > before.Height);
        Assert.Contains(chain.Skip(before.Height), block => block.Sender == "5005");
    }

    [Fact]
    public async Task Mine_OnALightPeer_FailsWithTheNodesReason()
    {
        var node = Network.Node("5000");
        var result = await Network.App.ResourceCommands.ExecuteCommandAsync(
            node.Resource, CommandNames.Mine, TestContext.Current.CancellationToken);
        Assert.False(result.Success);
        Assert.Contains("light", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transaction_OnAFullPeer_IsInItsPool()
    {
        var node = Network.Node("5009");
        var before = await node.Client.StatusAsync(TestContext.Current.CancellationToken);
        await node.ExecuteAsync(CommandNames.Transaction);
        var after = await node.Client.StatusAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before.Pool + 1, after.Pool);
    }

    [Fact]
    public async Task TurnMaliciousAndHonest_OnAnHonestPeer_AreToldItAndShown()
    {
        var node = Network.Node("5009");
        await node.ExecuteAsync(CommandNames.TurnMalicious);
        Assert.True((await node.Client.StatusAsync(TestContext.Current.CancellationToken)).Malicious);
        Assert.Equal(PeerProperties.Malicious, Property(node, PeerProperties.Behaviour));

        await node.ExecuteAsync(CommandNames.TurnHonest);
        Assert.False((await node.Client.StatusAsync(TestContext.Current.CancellationToken)).Malicious);
        Assert.Equal(PeerProperties.Honest, Property(node, PeerProperties.Behaviour));
    }

    [Fact]
    public async Task Pause_OnAPeer_KeepsItFromHearingUntilResume()
    {
        var (node, other) = (Network.Node("5010"), Network.Node("5005"));
        await node.ExecuteAsync(CommandNames.Pause);
        Assert.Equal(PeerProperties.Paused, Property(node, PeerProperties.Activity));
        var before = await node.Client.StatusAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync(CommandNames.Mine);
        await other.ExecuteAsync(CommandNames.Transaction);
        Assert.Equal(before.Tip, (await node.Client.StatusAsync(TestContext.Current.CancellationToken)).Tip);

        await node.ExecuteAsync(CommandNames.Resume);
        await Eventually.HoldsAsync(
            "5010 has what it missed",
            () => new[] { node, other }.HaveSameTipAsync(),
            Network.Nodes.SightAsync,
            Network.DescribeAsync);
    }

    [Fact]
    public async Task StopAndStart_OfAPeer_ChangeTheStateOfItsNetwork()
    {
        var node = Network.Node("5008");
        await node.TakeDownAsync();
        await Network.UntilStateAsync("network-2", "3 of 4 up");
        await node.StartAsync();
        await Network.UntilStateAsync("network-2", "4 of 4 up");
    }

    private string? Property(AspireNode node, string name)
    {
        Assert.True(Network.App.ResourceNotifications.TryGetCurrentState(node.Resource.Name, out var state));
        return state.Snapshot.Properties.Single(property => property.Name == name).Value as string;
    }
}
