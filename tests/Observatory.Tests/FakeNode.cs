using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Blockchain.Events;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Blockchain.Observatory.Tests;

/// <summary>Speaks HTTP as a node does, as far as the Observatory listens.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<PeerEvent> _events = Channel.CreateUnbounded<PeerEvent>();

    private FakeNode(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public int Port => Url.Port;

    /// <summary>What was asked of the control API: path with query, key, body.</summary>
    public ConcurrentQueue<(string Path, string? Key, string Body)> Commands { get; } = [];

    /// <summary>How often <c>/events</c> was asked for.</summary>
    public int Streams { get; private set; }

    /// <summary>What was asked for besides the events, each time: "" or "?messages=true".</summary>
    public ConcurrentQueue<string> Questions { get; } = [];

    /// <summary>What the control API refuses with; null: it obeys.</summary>
    public string? Refusal { get; set; }

    /// <param name="port">0: any free one.</param>
    public static async Task<FakeNode> StartAsync(int port = 0, params (string Path, string Json)[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var node = new FakeNode(builder.Build());
        node._app.MapGet(EventStream.Path, (HttpRequest request, CancellationToken gone) =>
        {
            node.Questions.Enqueue(request.QueryString.Value ?? "");
            node.Streams++;
            return TypedResults.ServerSentEvents(node.ReadAsync(gone));
        });
        node._app.MapPost(ControlRoutes.Root + "/{command}", node.ObeyAsync);
        foreach (var (path, json) in answers)
        {
            node._app.MapGet(path, () => Results.Text(json, "application/json"));
        }

        await node._app.StartAsync(TestContext.Current.CancellationToken);
        return node;
    }

    public void Tell(params IEnumerable<PeerEvent> events)
    {
        foreach (var happened in events)
        {
            _events.Writer.TryWrite(happened);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> ObeyAsync(HttpRequest request)
    {
        using var body = new StreamReader(request.Body);
        Commands.Enqueue((
            request.Path + request.QueryString.Value,
            request.Headers[ControlRoutes.KeyHeader],
            await body.ReadToEndAsync(TestContext.Current.CancellationToken)));
        return Refusal is { } reason ? Answer(new ErrorAnswer(reason), StatusCodes.Status409Conflict)
            : $"/{request.RouteValues["command"]}" switch
            {
                "/mine" => Answer(new MinedAnswer("00", 0, 1, false)),
                "/transaction" => Answer(new TransactionAnswer("00")),
                _ => Answer(new SwitchAnswer(false, false, false, false, 0, 0, 0, 0)),
            };
    }

    private static IResult Answer<T>(T answer, int status = StatusCodes.Status200OK) =>
        Results.Json(answer, NodeJson.Default.Options, statusCode: status);

    private async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken gone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone, _end.Token);
        yield return new SseItem<string>("""{"kind":"heartbeat"}""", EventStream.HeartbeatType);
        await foreach (var happened in _events.Reader.ReadAllAsync(stop.Token))
        {
            yield return new SseItem<string>(
                System.Text.Encoding.UTF8.GetString(EventJson.Write(happened)), EventJson.KindOf(happened));
        }
    }
}
