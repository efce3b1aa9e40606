using System.Net;
using Blockchain.Observatory.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.Observatory.Tests;

/// <summary>The Observatory itself, on a free port.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Host(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public Task<string> FrontPageAsync() =>
        Http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Begins what a page of some origin begins to be drawn and to act, under some name.</summary>
    public async Task<HttpStatusCode> NegotiateAsync(string name, string? origin)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
        request.Headers.Host = name;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public LiveNetwork Live => Get<LiveNetwork>();

    public static async Task<Host> StartAsync(params string[] arguments)
    {
        var app = ObservatoryHost.Build(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Production", "--Logging:LogLevel:Default=None",
            .. arguments,
        ]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Host(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
