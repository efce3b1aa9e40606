using System.Net;

namespace Blockchain.Observatory.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task Host_InProduction_ServesPagesAndAssets()
    {
        await using var host = await Host.StartAsync();

        foreach (var path in new[]
        {
            "/", "/health", "/metrics", "/app.css", "/theme.js", "/map.js", "/favicon.svg", "/_framework/blazor.web.js",
            "/_content/Radzen.Blazor/css/standard-base.css", "/_content/Radzen.Blazor/css/standard-dark-base.css",
            "/_content/Radzen.Blazor/Radzen.Blazor.js",
        })
        {
            using var answer = await host.Http.GetAsync(
                new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Host_WithoutPeers_SaysHowItLearnsOfThem()
    {
        await using var host = await Host.StartAsync();

        var page = await host.FrontPageAsync();

        Assert.Contains("No peers are known.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_AnyPage_AsksNobodyElseForAnything()
    {
        await using var host = await Host.StartAsync();

        var page = await host.FrontPageAsync();

        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }
}
