using System.Net;
using Blockchain.Observatory.Login;
using Microsoft.AspNetCore.Routing;

namespace Blockchain.Observatory.Tests;

/// <summary>Who may see and act: whoever opened the address that was printed.</summary>
public sealed class LoginTests
{
    private const string Key = "--Observatory:Key=of the nodes";
    private const string Token = "a1b2c3";

    /// <summary>What programs ask, which tells nothing of the network.</summary>
    private static readonly string[] OpenToAll = ["/alive", "/health", "/metrics"];

    [Fact]
    public async Task Address_WithTheToken_LetsOneBrowserIn()
    {
        await using var host = await Host.StartAsync(Key, $"--Observatory:Token={Token}");
        using var browser = Browser(host);
        using var other = Browser(host);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(browser, "/"));

        using var login = await browser.GetAsync($"/login?t={Token}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
        Assert.Contains(
            "url='/'", await login.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/login"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other, $"/login?t={Token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other, "/"));
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/login?t=")]
    [InlineData("/login?t=A1B2C3")]
    [InlineData($"/login?t={Token}&t={Token}")]
    [InlineData($"/?t={Token}")]
    [InlineData("/recording.jsonl")]
    [InlineData("/app.css")]
    [InlineData("/_blazor")]
    public async Task Anything_WithoutTheToken_IsRefused(string path)
    {
        await using var host = await Host.StartAsync(Key, $"--Observatory:Token={Token}");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host.Http, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.NegotiateAsync("localhost", origin: null));
    }

    /// <summary>
    /// Who follows a link of another site is sent on by a page of this host, since browsers keep the cookie back.
    /// </summary>
    [Theory]
    [InlineData("/?peer=%2F%2Fevil.com%22", "url='/?peer=%2F%2Fevil.com%22'")]
    [InlineData("//evil.com/", "url='/evil.com/'")]
    public async Task Link_OfAnotherSite_IsFollowedByTheOwnPage(string path, string target)
    {
        await using var host = await Host.StartAsync(Key, $"--Observatory:Token={Token}");
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");

        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains(
            target, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key, "--Observatory:Open=true")]
    [InlineData($"--Observatory:Token={Token}", "")]
    public async Task Observatory_ThatIsOpenOrCannotAct_AsksForNoToken(params string[] arguments)
    {
        await using var host = await Host.StartAsync([.. arguments.Where(argument => argument.Length > 0)]);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host.Http, "/"));
    }

    /// <summary>A route that is added is behind the gate, as long as nobody adds it here.</summary>
    [Fact]
    public async Task Routes_OfTheObservatory_AreBehindTheTokenButThree()
    {
        await using var host = await Host.StartAsync(Key, $"--Observatory:Token={Token}");
        var routes = host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
                .DefaultIfEmpty("GET")
                .Select(method => (Method: method, Path: "/" + route.RoutePattern.RawText!.TrimStart('/'))))
            .Distinct().ToArray();
        Assert.Contains(("GET", "/"), routes);

        foreach (var (method, path) in routes.Where(route => !OpenToAll.Contains(route.Path)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((method, path, HttpStatusCode.Unauthorized), (method, path, answer.StatusCode));
        }

        foreach (var path in OpenToAll)
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, await StatusAsync(host.Http, path)));
        }
    }

    [Fact]
    public void Tokens_AfterAnExchange_AreNewAndTheSessionHolds()
    {
        var tokens = new LoginTokens(first: null);
        var first = tokens.Token;

        var session = tokens.TryExchange(first);

        Assert.NotNull(session);
        Assert.NotEqual(first, tokens.Token);
        Assert.Null(tokens.TryExchange(first));
        Assert.True(tokens.IsSession(session));
        Assert.False(tokens.IsSession(first));
        Assert.False(tokens.IsSession(""));
    }

    [Fact]
    public void Sessions_BeyondTheLimit_EndTheOldest()
    {
        var tokens = new LoginTokens(first: null);
        var sessions = Enumerable.Range(0, LoginTokens.MaxSessions + 1)
            .Select(_ => tokens.TryExchange(tokens.Token)!).ToArray();

        Assert.False(tokens.IsSession(sessions[0]));
        Assert.All(sessions.Skip(1), session => Assert.True(tokens.IsSession(session)));
    }

    [Fact]
    public async Task Pages_OfTheObservatory_LoadOnlyFromItAndStandInNoFrame()
    {
        await using var host = await Host.StartAsync();

        using var answer = await host.Http.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    private static HttpClient Browser(Host host) => new(new HttpClientHandler { CookieContainer = new() })
    {
        BaseAddress = host.Http.BaseAddress,
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(
            new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
