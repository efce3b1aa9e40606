using System.Net;
using Blockchain.NodeApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.PeerNode.Tests;

/// <summary>
/// Every route of a node, so that none is added without anybody asking whether it changes something. One that does is
/// no route of <see cref="Questions"/>, and refuses whoever lacks the key.
/// </summary>
public sealed class RoutesTests
{
    /// <summary>What changes nothing.</summary>
    private static readonly string[] Questions =
    [
        "/", "/alive", "/arrivals", "/blacklist", "/blocks", "/capacity", "/drop_stats", "/events", "/health",
        "/known_peers", "/latency", "/metrics", "/offences", "/openapi/{documentName}.json", "/orphan", "/orphans",
        "/peer_config", "/peer_flags", "/peers", "/queue", "/reachable", "/redundancy", "/status", "/transactions",
    ];

    [Fact]
    public async Task Routes_OfANode_AreKnownQuestionsOrNeedTheKey()
    {
        await using var node = await NodeFixture.StartAsync();
        var routes = node.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Cast<RouteEndpoint>()
            .Select(route => (
                Path: "/" + route.RoutePattern.RawText!.TrimStart('/'),
                Methods: route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .ToArray();

        var open = routes.Where(route => Questions.Contains(route.Path)).ToArray();
        Assert.Equal(Questions, open.Select(route => route.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(open, route => Assert.Equal("GET", Assert.Single(route.Methods)));
        Assert.NotEmpty(routes.Except(open));
        foreach (var (path, methods) in routes.Except(open))
        {
            foreach (var method in methods)
            {
                Assert.Equal((path, method, HttpStatusCode.Unauthorized), (path, method, await AskAsync(
                    node, method, path)));
            }
        }
    }

    /// <summary>A route for which nobody has thought of the key is closed too.</summary>
    [Theory]
    [InlineData("POST", "/status")]
    [InlineData("PUT", "/blocks")]
    [InlineData("DELETE", "/blacklist")]
    [InlineData("PATCH", "/nowhere")]
    [InlineData("GET", "/control/mine")]
    [InlineData("POST", "/CONTROL/mine")]
    [InlineData("POST", "/control/mine?X-Control-Key=" + NodeFixture.Key)]
    [InlineData("POST", "/health")]
    public async Task EveryMethodThatMayChangeSomething_NeedsTheKey(string method, string path)
    {
        await using var node = await NodeFixture.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(node, method, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(node, method, path, "another key"));
    }

    private static async Task<HttpStatusCode> AskAsync(
        NodeFixture node, string method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.Add(ControlRoutes.KeyHeader, key);
        }

        using var answer = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
