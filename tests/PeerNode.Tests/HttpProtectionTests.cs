using System.Net;
using System.Net.Sockets;
using Blockchain.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Blockchain.PeerNode.Tests;

/// <summary>Which callers a node answers, and what it tells browsers; the Observatory does the same.</summary>
public sealed class HttpProtectionTests
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LocalHost:7000", HttpStatusCode.OK)]
    [InlineData("network.localhost:7000", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:7000", HttpStatusCode.OK)]
    [InlineData("127.28.0.10", HttpStatusCode.OK)]
    [InlineData("[::1]:7000", HttpStatusCode.OK)]
    [InlineData("peer-1:7000", HttpStatusCode.OK)]
    [InlineData("evil.com", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.com", HttpStatusCode.BadRequest)]
    [InlineData("peer-1.evil.com", HttpStatusCode.BadRequest)]
    [InlineData("evillocalhost", HttpStatusCode.BadRequest)]
    [InlineData("10.1.2.3", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.com", HttpStatusCode.BadRequest)]
    public async Task Node_CalledByAName_AnswersToItsOwnOnly(string host, HttpStatusCode expected)
    {
        await using var node = await NodeFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status");
        request.Headers.Host = host;

        using var answer = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("10.1.2.3:7000", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.1.2.3", null, false)]
    [InlineData("blockchain-peer-7:7007", null, true)]
    [InlineData("lab.example", null, true)]
    [InlineData("a.b.example.org", null, true)]
    [InlineData("example.org", null, false)]
    [InlineData("", null, true)]
    public void AllowedHosts_OfASettingAndDiscovery_AddToTheOwnNames(string host, string? reached, bool expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("AllowedHosts", "lab.example; *.example.org"),
            new("services:peer-7:http:0", "http://blockchain-peer-7:7007"),
            new("services:peer-8:http:0", "http://blockchain-peer-8:7008"),
        ]).Build();
        var hosts = AllowedHosts.Of(configuration, "peer-7");

        Assert.Equal(expected, hosts.Allow(
            new HostString(host), reached is null ? null : IPAddress.Parse(reached)));
        Assert.False(hosts.Allow(new HostString("blockchain-peer-8:7008"), null));
    }

    [Fact]
    public void Settings_InTheCurrentFolder_AreIgnored()
    {
        using var folder = new TestFolder();
        var file = folder.Write("appsettings.json", """{ "AllowedHosts": "*", "Node": { "Key": "of a stranger" } }""");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = Path.GetDirectoryName(file),
        });
        Assert.Equal("of a stranger", builder.Configuration["Node:Key"]);

        builder.Configuration.IgnoreSettingsFiles();

        Assert.Null(builder.Configuration["Node:Key"]);
        Assert.Null(builder.Configuration["AllowedHosts"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/status")]
    [InlineData("/nowhere")]
    public async Task Answers_OfANode_TellBrowsersWhatTheyMayDo(string path)
    {
        await using var node = await NodeFixture.StartAsync();

        using var answer = await node.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.StartsWith("default-src 'none'; ", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(Header("Server"));

        string? Header(string name) =>
            answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
    }

    [Fact]
    public async Task Command_WithAHugeBody_IsRefused()
    {
        await using var node = await NodeFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/mine")
        {
            Content = new StringContent($"[\"{new string('x', 100_000)}\"]", null, "application/json"),
        };
        request.Headers.Add(NodeApi.ControlRoutes.KeyHeader, NodeFixture.Key);

        using var answer = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(0, await node.HeightAsync());
    }

    /// <summary>From the same address as all others, as every user of the machine.</summary>
    [Fact]
    public async Task Connections_HeldOpenByOneCaller_KeepNobodyOut()
    {
        await using var node = await NodeFixture.StartAsync();
        await using var follower = new Follower(node.Host, NodeFixture.Key);
        await follower.NextAsync<Shared.PeerUp>();
        var held = new List<Socket>();
        try
        {
            for (var i = 0; i < 2 * ConnectionBudget.Usual; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                held.Add(socket);
                await socket.ConnectAsync("127.0.0.1", node.Host.Http.Port, TestContext.Current.CancellationToken);
            }

            using var another = new HttpClient { BaseAddress = node.Host.Http };
            await another.GetStringAsync("/status", TestContext.Current.CancellationToken);

            // Who has shown the key is still there.
            using var paused = await node.ControlAsync("pause?value=true");
            await follower.NextAsync<Shared.PeerSwitched>(switched => switched.Paused);
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }
}
