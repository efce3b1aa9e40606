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

    [Theory]
    [InlineData("127.0.0.1:7999", null, HttpStatusCode.OK)]
    [InlineData("localhost:7999", "http://localhost:7999", HttpStatusCode.OK)]
    [InlineData("[::1]:7999", "http://[::1]:7999", HttpStatusCode.OK)]
    [InlineData("localhost", "https://LOCALHOST", HttpStatusCode.OK)]
    [InlineData("rebound.example:7999", null, HttpStatusCode.BadRequest)]
    [InlineData("rebound.example:7999", "http://rebound.example:7999", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1:7999", "http://other.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:7999", "http://127.0.0.1:8000", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:7999", "null", HttpStatusCode.Forbidden)]
    public async Task Circuit_OpenedByAPage_IsOfThisHostOnly(string name, string? origin, HttpStatusCode expected)
    {
        await using var host = await Host.StartAsync();

        Assert.Equal(expected, await host.NegotiateAsync(name, origin));
    }

    [Fact]
    public async Task Host_AllowingAnyName_AnswersToAll()
    {
        await using var host = await Host.StartAsync("--AllowedHosts=*");

        Assert.Equal(HttpStatusCode.OK, await host.NegotiateAsync("10.1.2.3:7999", null));
        Assert.Equal(HttpStatusCode.Forbidden, await host.NegotiateAsync("10.1.2.3:7999", "http://other.example"));
    }

    [Fact]
    public async Task Host_WithoutPeers_SaysHowItLearnsOfThem()
    {
        await using var host = await Host.StartAsync();

        var page = await host.FrontPageAsync();

        Assert.Contains("No peers are known.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskHealth_OfARunningHost_Is0AndOfNobody1()
    {
        await using var host = await Host.StartAsync();

        Assert.Equal((0, ""), await AskAsync($"--urls={host.Http.BaseAddress}"));
        await host.DisposeAsync();
        var (code, error) = await AskAsync($"--urls={host.Http.BaseAddress}");
        Assert.Equal(1, code);
        Assert.Contains("does not answer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_AnyPage_AsksNobodyElseForAnything()
    {
        await using var host = await Host.StartAsync();

        var page = await host.FrontPageAsync();

        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    private static async Task<(int Code, string Error)> AskAsync(params string[] arguments)
    {
        await using var errors = new StringWriter();
        return (await Task.Run(() => ObservatoryHost.AskHealth(["--health", .. arguments], errors)), errors.ToString());
    }
}
