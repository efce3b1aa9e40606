using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Blockchain.PeerNode.Tests;

/// <summary>A node in this process, from a file in a folder of its own, on addresses that no other test has.</summary>
internal sealed class NodeFixture : IAsyncDisposable
{
    public const string Key = "a key of the test";

    /// <summary>
    /// Loopback addresses are plenty; each fixture takes a network 127.(80+n/250).(n%250).x of its own.
    /// </summary>
    private static int _networks;

    private readonly string _file;

    private NodeFixture(NodeHost host, string file, TestFolder folder, string network)
    {
        Host = host;
        _file = file;
        Folder = folder;
        Network = network;
        Http = new HttpClient { BaseAddress = host.Http, Timeout = TestClient.Deadline };
    }

    public NodeHost Host { get; }

    public TestFolder Folder { get; }

    /// <summary>The first three numbers of its addresses.</summary>
    public string Network { get; }

    public HttpClient Http { get; }

    public IPEndPoint P2p => Host.Options.P2p;

    public static string NewNetwork()
    {
        var number = Interlocked.Increment(ref _networks) + (Environment.ProcessId % 100 * 250);
        return $"127.{80 + (number / 250 % 100)}.{number % 250}";
    }

    /// <summary>A port that was free a moment ago on the address, which nobody else uses.</summary>
    public static int FreePort(string ip)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Parse(ip), 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>
    /// One on each of several addresses, no two alike: in a plan they must not be, and two addresses may have the same
    /// one free.
    /// </summary>
    public static IReadOnlyList<int> FreePorts(IEnumerable<string> ips)
    {
        List<int> ports = [];
        foreach (var ip in ips)
        {
            int port;
            do
            {
                port = FreePort(ip);
            }
            while (ports.Contains(port));

            ports.Add(port);
        }

        return ports;
    }

    /// <summary>
    /// Starts peer "1" at x.x.x.1. Peer "2" (same network id 7 as a NATed "1") and peer "3" (another) are known to it,
    /// at .2 and .3, and not running.
    /// </summary>
    public static Task<NodeFixture> StartAsync(string own = "", string settings = "", params string[] arguments) =>
        StartAsync(own, settings, third: "", arguments);

    /// <inheritdoc cref="StartAsync(string, string, string[])"/>
    /// <param name="third">More of peer "3".</param>
    public static async Task<NodeFixture> StartAsync(
        string own, string settings, string third, IReadOnlyList<string> arguments)
    {
        var network = NewNetwork();
        var folder = new TestFolder();
        var file = folder.Write("peers.json", $$"""
            {
              "defaults": {
                "transactionInterval": 0, "blockInterval": 0, "dropProbability": 0, "latency": 0{{settings}}
              },
              "peers": {
                "1": { "ip": "{{network}}.1", "port": {{FreePort(network + ".1")}}{{own}} },
                "2": { "ip": "{{network}}.2", "port": 5002, "localnetworkid": 7 },
                "3": { "ip": "{{network}}.3", "port": 5003{{third}} }
              }
            }
            """);
        var host = await StartHostAsync(["--Node:Id=1", $"--Node:File={file}", .. arguments]);
        return new NodeFixture(host, file, folder, network);
    }

    /// <summary>Starts another peer of the same file.</summary>
    public Task<NodeHost> StartPeerAsync(string id) =>
        StartHostAsync($"--Node:Id={id}", $"--Node:File={_file}", $"--Node:Seed={id}");

    /// <param name="arguments">At least who it is and of which file.</param>
    public static Task<NodeHost> StartHostAsync(params string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(
            [$"--Node:Key={Key}", "--Node:Seed=1", "--urls=http://127.0.0.1:0", .. arguments]);
        builder.Logging.ClearProviders();
        var read = NodeOptionsReader.Read(builder.Configuration);
        Assert.True(read.IsValid, string.Join(Environment.NewLine, read.Errors));
        return NodeHost.StartAsync(builder, read.Options);
    }

    /// <summary>Connects from the address of another host of the fixture's network.</summary>
    public Task<TestClient> ConnectAsync(int host) => TestClient.ConnectAsync($"{Network}.{host}", P2p);

    public Task<string> GetTextAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    public Task<int> HeightAsync() => StatusAsync("height");

    public Task<int> PoolAsync() => StatusAsync("pool");

    /// <summary>As <see cref="ControlAsync"/>, for the answer.</summary>
    public async Task<JsonNode> PostAsync(string path)
    {
        using var answer = await ControlAsync(path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Calls the control API with the key.</summary>
    public async Task<HttpResponseMessage> ControlAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/control/{path}");
        request.Headers.Add(ControlRoutes.KeyHeader, Key);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<int> StatusAsync(string field) =>
        JsonNode.Parse(await GetTextAsync("/status"))![field]!.GetValue<int>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        Folder.Dispose();
    }
}
