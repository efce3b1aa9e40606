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
