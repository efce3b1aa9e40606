using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;

namespace Blockchain.PeerNode.Tests;

/// <summary>A node written by somebody else, in nothing but lines of JSON.</summary>
public sealed class ForeignNodeTests
{
    [Fact]
    public async Task ForeignNode_SaysHello_IsKnownAndAnswered()
    {
        await using var node = await NodeFixture.StartAsync();
        using var foreign = await node.ConnectAsync(99);

        await foreign.SendAsync(TestClient.Hello("foreign", $"{node.Network}.99", 4321));
        var hello = await foreign.ReceiveAsync("HELLO");
        await foreign.SendAsync(TestClient.Ping("foreign", 12.5));
        var pong = await foreign.ReceiveAsync("PONG");

        Assert.Equal("1", hello["sender"]!.GetValue<string>());
        Assert.Equal(12.5, pong["timestamp"]!.GetValue<double>());
        var peers = JsonNode.Parse(await node.GetTextAsync("/peers"))!.AsArray();
        Assert.Contains(peers, peer => peer!["peer_id"]!.GetValue<string>() == "foreign"
            && peer["status"]!.GetValue<string>() == "ALIVE");
    }

    [Fact]
    public async Task ForeignNode_AsksForAnAnnouncedBlock_GetsItAsItIsOnThePage()
    {
        await using var node = await NodeFixture.StartAsync();
        using var foreign = await node.ConnectAsync(3);
        await foreign.AssertServedAsync();

        using var mine = new HttpRequestMessage(HttpMethod.Post, "/control/mine");
        mine.Headers.Add(ControlRoutes.KeyHeader, NodeFixture.Key);
        using var mined = await node.Http.SendAsync(mine, TestContext.Current.CancellationToken);
        var id = (await mined.Content.ReadFromJsonAsync<JsonObject>(
            TestContext.Current.CancellationToken))!["block_id"]!
            .GetValue<string>();
        var inventory = await foreign.ReceiveAsync("INV");
        await foreign.SendAsync(
            $$"""{"type": "GETBLOCK", "sender": "3", "block_ids": ["{{id}}"], "message_id": "{{Guid.NewGuid()}}"}""");
        var block = await foreign.ReceiveAsync("BLOCK");

        Assert.Equal(id, inventory["block_ids"]![0]!.GetValue<string>());
        Assert.Equal(id, block["block_id"]!.GetValue<string>());
        var chain = JsonNode.Parse(await node.GetTextAsync("/blocks"))!.AsArray();
        Assert.True(JsonNode.DeepEquals(block, Assert.Single(chain)));
    }

    [Fact]
    public async Task NatedNode_ConnectionFromOutsideItsGroup_IsRefused()
    {
        await using var node = await NodeFixture.StartAsync(own: """, "nat": true, "localnetworkid": 7""");
        using var inside = await node.ConnectAsync(2);

        await AssertRefusedAsync(node, 3);
        await AssertRefusedAsync(node, 99);
        await inside.SendAsync(TestClient.Ping("2", 3.5));
        Assert.Equal(3.5, (await inside.ReceiveAsync("PONG"))["timestamp"]!.GetValue<double>());
    }

    private static Task AssertRefusedAsync(NodeFixture node, int host) =>
        TestClient.AssertRefusedAsync($"{node.Network}.{host}", node.P2p);
}
