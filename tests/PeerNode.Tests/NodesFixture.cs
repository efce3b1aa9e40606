using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;

namespace Blockchain.PeerNode.Tests;

/// <summary>Several nodes in this process that are one network.</summary>
internal sealed class NodesFixture : IAsyncDisposable
{
    /// <summary>Nobody makes anything by itself, and nothing is lost.</summary>
    public const string Quiet = """
        "transactionInterval": 0, "blockInterval": 0, "dropProbability": 0, "latency": 0
        """;

    private readonly NodeHost[] _nodes;
    private readonly HttpClient[] _clients;
    private readonly TestFolder _folder;

    private NodesFixture(NodeHost[] nodes, TestFolder folder)
    {
        _nodes = nodes;
        _folder = folder;
        _clients = Array.ConvertAll(
            nodes, node => new HttpClient { BaseAddress = node.Http, Timeout = TestClient.Deadline });
    }

    /// <summary>Where the pages of each node are, in the order of their peers.</summary>
    public IReadOnlyList<Uri> Urls => Array.ConvertAll(_nodes, node => node.Http);

    /// <summary>Starts peers "1", "2" and so on, at x.x.x.1, x.x.x.2 ...</summary>
    /// <param name="peers">What the file says of each beside its address: <c>, "light": true</c>.</param>
    /// <param name="settings">The knobs of all.</param>
    /// <param name="arguments">What each is told in addition; null: nothing.</param>
    public static async Task<NodesFixture> StartAsync(
        string[] peers, string settings = Quiet, string[][]? arguments = null)
    {
        var network = NodeFixture.NewNetwork();
        var folder = new TestFolder();
        var ports = NodeFixture.FreePorts(peers.Select((_, i) => $"{network}.{i + 1}"));
        var entries = peers.Select((own, i) =>
        {
            var ip = $"{network}.{i + 1}";
            return $$"""
                "{{i + 1}}": { "ip": "{{ip}}", "port": {{ports[i]}}{{own}} }
                """;
        });
        var file = folder.Write("peers.json", $$"""
            {
              "defaults": { {{settings}} },
              "peers": { {{string.Join(",\n", entries)}} }
            }
            """);
        var nodes = new List<NodeHost>();
        for (var i = 1; i <= peers.Length; i++)
        {
            nodes.Add(await NodeFixture.StartHostAsync(
                [$"--Node:Id={i}", $"--Node:File={file}", $"--Node:Seed={i}", .. arguments?[i - 1] ?? []]));
        }

        return new NodesFixture([.. nodes], folder);
    }

    public async Task<JsonNode> GetAsync(int peer, string path) => JsonNode.Parse(
        await _clients[peer - 1].GetStringAsync(path, TestContext.Current.CancellationToken))!;

    public async Task<JsonNode> PostAsync(int peer, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/control/{path}");
        request.Headers.Add(ControlRoutes.KeyHeader, NodeFixture.Key);
        using var answer = await _clients[peer - 1].SendAsync(request, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits until a number of a peer's <c>/status</c> is as expected.</summary>
    public Task UntilAsync(int peer, string field, int expected) =>
        Eventually.BecomesAsync(async () => (await GetAsync(peer, "/status"))[field]!.GetValue<int>(), expected);

    /// <summary>Ends the nodes, and with them every span that they hold open.</summary>
    public async Task StopAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _folder.Dispose();
    }
}
