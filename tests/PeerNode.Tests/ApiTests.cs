using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Blockchain.PeerNode.Tests;

public sealed class ApiTests
{
    private static readonly string[] Control =
    [
        "mine", "send", "malicious?value=true", "generate?value=false", "cut-off?value=true",
        "pause?value=true",
    ];

    [Fact]
    public async Task EveryPath_OfANodeWithAChain_HasItsShape()
    {
        await using var node = await NodeFixture.StartAsync();
        var id = (await PostAsync(node, "mine"))["block_id"]!.GetValue<string>();
        var made = (await PostAsync(node, "send", """{"to": "3", "amount": 5}"""))["tx_id"]!.GetValue<string>();

        Assert.Equal(["peer_id", "ip", "port", "status", "nat", "light"], Keys((await GetAsync(node, "peers"))[0]));
        Assert.Equal(made, (await GetAsync(node, "transactions"))[0]!["tx_id"]!.GetValue<string>());
        Assert.Equal(id, (await GetAsync(node, "blocks"))[0]!["block_id"]!.GetValue<string>());
        Assert.Empty((await GetAsync(node, "orphans")).AsArray());
        Assert.Empty((await GetAsync(node, "orphan")).AsArray());
        Assert.Equal(["2", "3"], Keys(await GetAsync(node, "latency")));
        Assert.Equal(100, (await GetAsync(node, "capacity")).GetValue<double>());
        Assert.Equal(["HIGH", "MEDIUM", "LOW"], Keys((await GetAsync(node, "queue"))["2"]));
        Assert.Equal(["redundancy", "by_type"], Keys(await GetAsync(node, "redundancy")));
        Assert.Empty((await GetAsync(node, "blacklist")).AsArray());
        Assert.NotNull((await GetAsync(node, "drop_stats")).AsObject());
        Assert.NotNull((await GetAsync(node, "drop_stats?by=reason")).AsObject());
        Assert.Equal(["2", "3", "1"], Keys(await GetAsync(node, "reachable")));
        Assert.Equal(
            ["ip", "port", "fanout", "nat", "light", "localnetworkid", "malicious"],
            Keys((await GetAsync(node, "peer_config"))["1"]));
        Assert.Equal($"[\"{node.Network}.2\",5002]", (await GetAsync(node, "known_peers"))["2"]!.ToJsonString());
        Assert.Equal(["nat", "light"], Keys((await GetAsync(node, "peer_flags"))["2"]));
        var arrival = (await GetAsync(node, "arrivals"))[0]!;
        Assert.Equal(["block_id", "sender", "timestamp", "accepted", "height", "on_chain"], Keys(arrival));
        Assert.True(arrival["on_chain"]!.GetValue<bool>());
        Assert.Equal(
            [
                "peer_id", "role", "malicious", "generating", "paused", "height", "tip", "pool", "orphans",
                "peers_alive",
                "peers_known", "banned", "uptime", "sent", "received", "storage", "behaviour",
            ],
            Keys(await GetAsync(node, "status")));
    }

    [Fact]
    public async Task HealthMetricsPagesAndOpenApi_AreServed()
    {
        await using var node = await NodeFixture.StartAsync();
        await PostAsync(node, "mine");

        Assert.Equal("Healthy", await node.GetTextAsync("/health"));
        Assert.Equal("Healthy", await node.GetTextAsync("/alive"));
        Assert.Contains("blockchain_chain_height", await node.GetTextAsync("/metrics"));
        Assert.Contains("<h1>Peer 1", await node.GetTextAsync("/"));
        var described = Keys((await GetAsync(node, "openapi/v1.json"))["paths"]);
        Assert.Contains("/blocks", described);
        Assert.Contains("/control/mine", described);
    }

    [Fact]
    public async Task Control_WithoutTheKey_IsRefusedAndChangesNothing()
    {
        await using var node = await NodeFixture.StartAsync();
        foreach (var path in Control)
        {
            using var none = await node.Http.PostAsync($"/control/{path}", null, TestContext.Current.CancellationToken);
            using var wrong = new HttpRequestMessage(HttpMethod.Post, $"/control/{path}");
            wrong.Headers.Add("X-Control-Key", NodeFixture.Key + "?");
            using var answer = await node.Http.SendAsync(wrong, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        var status = await GetAsync(node, "status");
        Assert.Equal((0, false, true), (
            status["height"]!.GetValue<int>(),
            status["malicious"]!.GetValue<bool>(),
            status["generating"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Control_OfANodeWithoutKey_IsNotThere()
    {
        await using var node = await NodeFixture.StartAsync(arguments: "--Node:Key=");
        foreach (var path in Control)
        {
            using var answer = await node.Http.PostAsync($"/control/{path}", null,
                TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Control_Switches_AreShownByStatus()
    {
        await using var node = await NodeFixture.StartAsync();

        var malicious = await PostAsync(node, "malicious?value=true");
        var generation = await PostAsync(node, "generate?value=false");

        Assert.True((await PostAsync(node, "cut-off?value=true"))["cut_off"]!.GetValue<bool>());
        Assert.True((await PostAsync(node, "pause?value=true"))["paused"]!.GetValue<bool>());
        Assert.True(malicious["malicious"]!.GetValue<bool>());
        Assert.False(generation["generating"]!.GetValue<bool>());
        var status = await GetAsync(node, "status");
        Assert.True(status["malicious"]!.GetValue<bool>());
        Assert.True(status["paused"]!.GetValue<bool>());
        Assert.True((await PostAsync(node, "mine"))["malicious"]!.GetValue<bool>());
    }

    private static string[] Keys(JsonNode? node) => [.. node!.AsObject().Select(field => field.Key)];

    private static async Task<JsonNode> GetAsync(NodeFixture node, string path) =>
        JsonNode.Parse(await node.GetTextAsync("/" + path))!;

    private static async Task<JsonNode> PostAsync(NodeFixture node, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/control/{path}");
        request.Headers.Add("X-Control-Key", NodeFixture.Key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
