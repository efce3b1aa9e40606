using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Network;
using Blockchain.Network.Scenarios;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Transaction_OnAFullPeer_IsInItsPool()
    {
        var node = Network.Node("5009");
        var said = await node.ExecuteAsync(CommandNames.Send);

        // By its id: a block of a test before may just be arriving and empty the pool.
        var pool = await node.Client.GetAsync(NodeRoutes.Transactions, TestContext.Current.CancellationToken);
        var id = said.Split(' ')[^1];
        Assert.Single(
            pool.EnumerateArray(),
            made => made.GetProperty("tx_id").GetString()!.StartsWith(id, StringComparison.Ordinal));
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
        await other.ExecuteAsync(CommandNames.Send);
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
        await node.StopAsync();
        await Network.UntilStateAsync("network-2", "3 of 4 up");
        await node.StartAsync();
        await Network.UntilStateAsync("network-2", "4 of 4 up");
    }

    [Fact]
    public async Task Transaction_WithReceiverAndAmount_IsMadeLikeThat()
    {
        var node = Network.Node("5009");
        await node.ExecuteAsync(CommandNames.Send, ("to", "5002"), ("amount", "77"));
        var pool = await node.Client.GetAsync(NodeRoutes.Transactions, TestContext.Current.CancellationToken);
        Assert.Contains(
            pool.EnumerateArray(),
            made => (made.GetProperty("to").GetString(), made.GetProperty("amount").GetDecimal()) == ("5002", 77));
    }

    [Fact]
    public async Task Conditions_OfAPeerAndOfANetwork_AreThoseOfTheNodes()
    {
        var node = Network.Node("5003");
        var said = await node.ExecuteAsync(
            CommandNames.Conditions, ("loss", "50"), ("latency-min", "10ms"), ("latency-max", "0.2s"));
        Assert.Equal("peer-5003: loss 50%, latency 10ms to 200ms", said);

        var network = Network.App.Services.GetRequiredService<BlockchainNetwork>().Networks
            .Single(one => one.Resource.NetworkId == 1).Resource;
        said = await Network.App.ExecuteAsync(
            network, CommandNames.Conditions, ("loss", "5"), ("latency-min", "20ms"), ("latency-max", "100ms"));
        Assert.Equal("4 peers: loss 5%, latency 20ms to 100ms", said);
    }

    [Theory]
    [InlineData(CommandNames.Conditions)]
    [InlineData(CommandNames.Conditions, "loss", "101")]
    [InlineData(CommandNames.Conditions, "latency-min", "soon")]
    [InlineData(CommandNames.Load, "per-second", "-1")]
    [InlineData(CommandNames.Load, "for", "long")]
    [InlineData(CommandNames.Send, "amount", "1.5")]
    public async Task Arguments_Impossible_AreRefused(string command, params string[] argument)
    {
        var result = await Network.App.TryExecuteAsync(
            Network.Node("5003").Resource, command, argument is [var name, var value] ? [(name, value)] : []);
        Assert.False(result.Success);
        Assert.Contains("validation", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OnAPeer_IsMadeAndEndsWithZero()
    {
        // It makes nothing since the end of the run.
        var node = Network.Node("5009");
        await node.Client.TellAsync(new SetGenerating(true), TestContext.Current.CancellationToken);
        Assert.Equal(
            "peer-5009: 50 transactions per second", await node.ExecuteAsync(CommandNames.Load, ("per-second", "50")));
        var before = (await node.Client.StatusAsync(TestContext.Current.CancellationToken)).Sent;
        await Eventually.HoldsAsync(
            "5009 sends more",
            async () => (await node.Client.StatusAsync()).Sent > before + 100,
            Network.Nodes.SightAsync,
            Network.DescribeAsync);
        Assert.Equal(
            "peer-5009: transactions as planned", await node.ExecuteAsync(CommandNames.Load, ("per-second", "0")));
        await node.Client.TellAsync(new SetGenerating(false), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Pause_ByTheApiOfTheNode_IsShownToo()
    {
        var node = Network.Node("5010");
        await node.Client.TellAsync(new SetPaused(true), TestContext.Current.CancellationToken);
        await Network.UntilStateAsync(node.Resource.Name, "Running, paused");
        await node.Client.TellAsync(new SetPaused(false), TestContext.Current.CancellationToken);
        await Network.UntilStateAsync(node.Resource.Name, KnownResourceStates.Running);
    }

    [Fact]
    public async Task Rebuild_OfAPeer_IsNotOffered()
    {
        var commands = Network.Node("5010").Resource.Annotations.OfType<ResourceCommandAnnotation>().ToArray();
        Assert.Contains(commands, command => command.Name == KnownResourceCommands.RestartCommand);
        Assert.DoesNotContain(commands, command => command.Name == KnownResourceCommands.RebuildCommand);
    }

    private string? Property(AspireNode node, string name)
    {
        Assert.True(Network.App.ResourceNotifications.TryGetCurrentState(node.Resource.Name, out var state));
        return state.Snapshot.Properties.Single(property => property.Name == name).Value as string;
    }
}
