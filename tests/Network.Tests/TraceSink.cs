using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Blockchain.Network.Tests;

/// <summary>
/// Takes the traces that services export by OTLP over gRPC, as a collector does, and passes over the rest.
/// </summary>
internal sealed class TraceSink : IAsyncDisposable
{
    private const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /// <summary>Of a message: whether it is compressed, and its length.</summary>
    private const int FrameHeader = 5;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();

    private TraceSink()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.MapPost("/{service}/{method}", ExportAsync);
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>In the order of their coming.</summary>
    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public static async Task<TraceSink> StartAsync()
    {
        var sink = new TraceSink();
        await sink._app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ExportAsync(HttpContext call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        if (call.Request.Path == Traces)
        {
            foreach (var span in ReceivedSpan.ReadAll(body.ToArray().AsMemory(FrameHeader)))
            {
                _spans.Enqueue(span);
            }
        }

        call.Response.ContentType = "application/grpc";
        await call.Response.Body.WriteAsync(new byte[FrameHeader]);
        call.Response.AppendTrailer("grpc-status", "0");
    }
}
