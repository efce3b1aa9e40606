using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Blockchain.PeerNode.Tests.Telemetry;

/// <summary>Takes what a node exports by OTLP over HTTP, as bytes; enough to look for something in them.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Kind, byte[] Body)> _received = new();

    private OtlpSink()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/v1/{kind}", async (string kind, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _received.Enqueue((kind, body.ToArray()));
        });
    }

    /// <summary>What makes a node export here.</summary>
    public string[] Arguments =>
    [
        $"--OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
    ];

    public static async Task<OtlpSink> StartAsync()
    {
        var sink = new OtlpSink();
        await sink._app.StartAsync();
        return sink;
    }

    /// <param name="kind">traces, metrics or logs.</param>
    public bool Has(string kind, string text) => Has(kind, Encoding.UTF8.GetBytes(text));

    public bool Has(string kind, byte[] bytes) =>
        _received.Any(one => one.Kind == kind && one.Body.AsSpan().IndexOf(bytes) >= 0);

    /// <summary>Whether spans of a block or transaction were received.</summary>
    public bool HasTraceOf(string id) => Has("traces", Trace(id));

    public static byte[] Trace(string id) => Convert.FromHexString(id[..32]);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
