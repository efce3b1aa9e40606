using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Blockchain.PeerNode.Tests;

/// <summary>A program that opens a connection for each message, from whatever address the machine gives it.</summary>
public sealed class KnownBySenderTests
{
    private const string Anywhere = "127.0.0.1";

    [Fact]
    public async Task Program_WithAConnectionForEachMessage_IsAnsweredInTheSameWay()
    {
        await using var node = await StartAsync();
        using var listener = new TcpListener(IPAddress.Parse($"{node.Network}.3"), 5003);
        listener.Start();

        await SayAsync(node, TestClient.Ping("3", 12.5));
        var pong = await HearAsync(listener, "PONG");
        await SayAsync(node, TestClient.Ping("3", 13.5));
        var next = await HearAsync(listener, "PONG");

        Assert.Equal(12.5, pong["timestamp"]!.GetValue<double>());
        Assert.Equal(13.5, next["timestamp"]!.GetValue<double>());
        Assert.Contains("\"3\": \"ALIVE\"", await StatusesAsync(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peer_WithoutTheFlag_IsNotKnownByWhatItSays()
    {
        await using var node = await StartAsync();
        await SayAsync(node, TestClient.Ping("2", 12.5));
        await Eventually.BecomesAsync(
            async () => JsonNode.Parse(await node.GetTextAsync("/drop_stats?by=reason"))!["PING"]?["UnknownSender"]
                ?.GetValue<int>(),
            expected: 1);
        Assert.DoesNotContain("\"2\": \"ALIVE\"", await StatusesAsync(node), StringComparison.Ordinal);
    }

    private static Task<NodeFixture> StartAsync() => NodeFixture.StartAsync(
        own: "", settings: "", third: """, "command": ["theirs"], "identify": "sender" """, arguments: []);

    private static async Task SayAsync(NodeFixture node, string line)
    {
        using var client = await TestClient.ConnectAsync(Anywhere, node.P2p);
        await client.SendAsync(line);
    }

    /// <summary>Listens to one connection after the other, each to its end, as a simple program does.</summary>
    private static async Task<JsonObject> HearAsync(TcpListener listener, string type)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync().WaitAsync(TestClient.Deadline);
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            var said = await reader.ReadToEndAsync().WaitAsync(TestClient.Deadline);
            var messages = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse);
            if (messages.FirstOrDefault(message => message["type"]!.GetValue<string>() == type) is { } found)
            {
                return found;
            }
        }
    }

    private static JsonObject Parse(string line) => JsonNode.Parse(line)!.AsObject();

    private static async Task<string> StatusesAsync(NodeFixture node) => string.Join(
        ' ',
        JsonNode.Parse(await node.GetTextAsync("/peers"))!.AsArray()
            .Select(peer => $"\"{peer!["peer_id"]}\": \"{peer["status"]}\""));
}
