using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Signing;

namespace Blockchain.PeerNode.Tests;

/// <summary>
/// Some nodes of a signed network in this process; tests play the others, with their keys or without.
/// </summary>
internal sealed class SignedFixture : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, NodeHost> _nodes = [];
    private readonly Dictionary<string, HttpClient> _clients = [];
    private readonly string _file;
    private readonly KeyFolder _keys;

    private SignedFixture(string[] peers, string settings, string top)
    {
        Network = NodeFixture.NewNetwork();
        var ports = NodeFixture.FreePorts(peers.Select((_, i) => $"{Network}.{i + 1}"));
        var entries = peers.Select((own, i) =>
        {
            var ip = $"{Network}.{i + 1}";
            return $$"""
                "{{i + 1}}": { "ip": "{{ip}}", "port": {{ports[i]}}{{own}} }
                """;
        });
        var text = $$"""
            { "identity": "signed"{{top}}, "defaults": { {{settings}} }, "peers": { {{string.Join(",\n", entries)}} } }
            """;
        _file = _folder.Write("peers.json", text);
        _keys = KeyFolder.Beside(_file);
        Plan = _keys.MakeMissing(PeersFile.Parse(text).Plan!);
        _folder.Write("peers.json", PeersFile.Write(Plan));
    }

    public string Network { get; }

    public NetworkPlan Plan { get; }

    /// <param name="peers">What the file says of each beside its address.</param>
    /// <param name="start">The ids of those that are started.</param>
    public static async Task<SignedFixture> StartAsync(string[] peers, string[] start, string top = "")
    {
        var fixture = new SignedFixture(peers, NodesFixture.Quiet, top);
        foreach (var id in start)
        {
            await fixture.StartNodeAsync(id);
        }

        return fixture;
    }

    public async Task StartNodeAsync(string id)
    {
        var host = await NodeFixture.StartHostAsync(
            $"--Node:Id={id}", $"--Node:File={_file}", $"--Node:Seed={id}",
            $"--Node:PrivateKeyFile={_keys.FileOf(new PeerId(id))}");
        _nodes.Add(id, host);
        _clients.Add(id, new HttpClient { BaseAddress = host.Http, Timeout = TestClient.Deadline });
    }

    public IPEndPoint P2pOf(string id) =>
        new(IPAddress.Parse(Plan[new PeerId(id)].Info.Ip), Plan[new PeerId(id)].Info.Port);

    /// <summary>What a peer of the network signs and judges with.</summary>
    public SignedNetwork As(string id) => new(Plan, _keys.SignaturesOf(new PeerId(id)));

    public Task<TestClient> ConnectAsync(int from, string to) =>
        TestClient.ConnectAsync($"{Network}.{from}", P2pOf(to));

    /// <summary>Connects as a peer and proves to be it, as a node of somebody else's would.</summary>
    public async Task<TestClient> ConnectProvenAsync(string id, string to)
    {
        var client = await ConnectAsync(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), to);
        var handshake = new Handshake(
            As(id), new PeerId(id), new PeerId(to), new Hash256(RandomNumberGenerator.GetBytes(32)));
        await client.SendAsync(handshake.Opening(NewId()));
        var theirs = await client.ReceiveMessageAsync<Challenge>();
        await client.SendAsync(handshake.Answer(theirs, NewId())!);
        Assert.True(handshake.Proves(await client.ReceiveMessageAsync<Proof>()));
        return client;
    }

    public static MessageId NewId() => MessageId.Of(Guid.NewGuid());

    public async Task<JsonNode> GetAsync(string id, string path) => JsonNode.Parse(
        await _clients[id].GetStringAsync(path, TestContext.Current.CancellationToken))!;

    public async Task<HttpStatusCode> PostAsync(string id, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/control/{path}");
        request.Headers.Add(ControlRoutes.KeyHeader, NodeFixture.Key);
        using var answer = await _clients[id].SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public Task UntilAsync(string id, string field, int expected) =>
        Eventually.BecomesAsync(async () => (await GetAsync(id, "/status"))[field]!.GetValue<int>(), expected);

    public async Task<int> DropsAsync(string id, string reason)
    {
        var byType = (await GetAsync(id, "/drop_stats?by=reason")).AsObject();
        return byType.Sum(type => (type.Value as JsonObject)?[reason]?.GetValue<int>() ?? 0);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        foreach (var node in _nodes.Values)
        {
            await node.DisposeAsync();
        }

        _folder.Dispose();
    }
}
