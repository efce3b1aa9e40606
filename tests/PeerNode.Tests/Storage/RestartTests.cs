using System.Text.Json.Nodes;
using Blockchain.PeerNode.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.PeerNode.Tests.Storage;

/// <summary>A node that is stopped and started again with the same file.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Node_StartedAgain_HasItsChainAndItsBansAtOnce()
    {
        using var data = new TestFolder();
        string? tip;
        await using (var node = await StartAsync(data))
        {
            await node.PostAsync("mine");
            await node.PostAsync("mine");
            using var offender = await node.ConnectAsync(3);
            for (var i = 0; i < 4; i++)
            {
                await offender.SendAsync(FalseBlock(i));
            }

            await Eventually.BecomesAsync(() => StatusAsync(node, "banned"), "1");
            tip = await StatusAsync(node, "tip");
        }

        await using var again = await StartAsync(data);
        Assert.Equal(("2", tip, "1"), (
            await StatusAsync(again, "height"), await StatusAsync(again, "tip"), await StatusAsync(again, "banned")));
        Assert.Equal("[\"3\"]", await again.GetTextAsync("/blacklist"));
        Assert.Equal(2, JsonNode.Parse(await again.GetTextAsync("/arrivals"))!.AsArray().Count);
        var storage = JsonNode.Parse(await again.GetTextAsync("/status"))!["storage"]!;
        Assert.Equal((Path.Combine(data.Path, "peer-1.db"), 2L, null), (
            storage["file"]!.GetValue<string>(), storage["blocks"]!.GetValue<long>(), storage["problem"]));

        await again.PostAsync("mine");
        Assert.Equal("3", await StatusAsync(again, "height"));
    }

    [Fact]
    public async Task LightNode_StartedAgain_HasItsHeaders()
    {
        using var data = new TestFolder();
        var blocks = StoredFile.Chain(5);
        await using (var node = await StartAsync(data, """, "light": true"""))
        {
            using var peer = await node.ConnectAsync(3);
            foreach (var block in blocks)
            {
                await peer.SendAsync(System.Text.Encoding.UTF8.GetString(block.Json.Span));
            }

            await Eventually.BecomesAsync(() => StatusAsync(node, "height"), "5");
        }

        await using (var again = await StartAsync(data, """, "light": true"""))
        {
            Assert.Equal("5", await StatusAsync(again, "height"));
        }

        // As a full peer it lacks the blocks, and has to ask for them.
        await using var full = await StartAsync(data);
        Assert.Equal("0", await StatusAsync(full, "height"));
    }

    [Fact]
    public async Task Node_DiskFull_SaysSoMakesNoBlocksAndAnnouncesNoneAndGoesOnAfterwards()
    {
        using var data = new TestFolder();
        await using var node = await StartAsync(data, settings: ", \"syncInterval\": 0");
        await node.PostAsync("mine");
        var database = node.Host.Services.GetRequiredService<NodeFile>().Database;
        database.LimitPages(1);
        using var peer = await node.ConnectAsync(3);
        await peer.AssertServedAsync();

        // Blocks of others fill the last page; then one of its own cannot be stored.
        foreach (var block in StoredFile.Chain(40))
        {
            await peer.SendAsync(System.Text.Encoding.UTF8.GetString(block.Json.Span));
        }

        await Eventually.BecomesAsync(
            async () => JsonNode.Parse(await node.GetTextAsync("/status"))!["storage"]!["problem"]?.ToString(),
            "the disk is full");

        // The last of them may still be on their way when the disk is full already.
        await Eventually.BecomesAsync(async () => await StatusAsync(node, "height"), "40");
        using var refused = await node.ControlAsync("mine");
        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains(
            "the disk is full",
            await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await peer.AssertServedAsync();

        database.LimitPages(1_000_000);
        await Eventually.BecomesAsync(
            async () => JsonNode.Parse(await node.GetTextAsync("/status"))!["storage"]!["blocks"]!.ToString(), "41");
        await node.PostAsync("mine");
        Assert.Equal("41", await StatusAsync(node, "height"));
    }

    [Fact]
    public async Task Node_FileOfARunningNode_IsRefusedInOneLine()
    {
        using var data = new TestFolder();
        await using var node = await StartAsync(data);
        var refused = await Assert.ThrowsAsync<StorageException>(() => StartAsync(data));
        Assert.Contains("is in use by another node", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithABlockJustMade_TellsItsNeighbourAndCloses()
    {
        using var data = new TestFolder();
        var node = await StartAsync(data);
        using var peer = await node.ConnectAsync(3);
        await peer.SendAsync(TestClient.Hello("3", $"{node.Network}.3", 5003));
        await peer.AssertServedAsync();
        var made = (await node.PostAsync("mine"))["block_id"]!.GetValue<string>();
        var stopping = node.DisposeAsync();

        var announced = await peer.ReceiveAsync("INV");
        Assert.Equal(made, announced["block_ids"]![0]!.GetValue<string>());
        await peer.AssertClosedAsync();
        await stopping;
    }

    private static Task<NodeFixture> StartAsync(TestFolder data, string own = "", string settings = "") =>
        NodeFixture.StartAsync(own, settings, $"--Node:Data={data.Path}");

    private static async Task<string?> StatusAsync(NodeFixture node, string field) =>
        JsonNode.Parse(await node.GetTextAsync("/status"))![field]?.ToString();

    private static string FalseBlock(int number) => "{\"type\": \"BLOCK\", \"sender\": \"3\", \"timestamp\": 1, "
        + "\"previous_block_id\": \"GENESIS\", \"transactions\": [], \"block_id\": \""
        + number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture).Replace('0', 'a') + "\"}";
}
