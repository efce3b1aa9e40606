using Blockchain.NodeApi;
using Blockchain.PeerNode.Api;
using Blockchain.PeerNode.Configuration;
using Blockchain.ServiceDefaults.Http;
using Microsoft.AspNetCore.Mvc;

namespace Blockchain.PeerNode.Events;

/// <summary><c>GET /events</c>: what happens at this node, as server-sent events.</summary>
internal static class EventsApi
{
    public static void MapEventsApi(this IEndpointRouteBuilder app) =>
        app.MapGet(EventStream.Path, FollowAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces<ErrorAnswer>(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("What happens here, as server-sent events: the state as events, then live.")
            .WithDescription(
                "The type of each is its kind, its data one JSON object; see docs/events.md. With messages=true "
                + "single messages too.");

    private static async Task FollowAsync(
        HttpContext context, EventHub hub, NodeOptions options, [FromQuery] bool messages = false)
    {
        using var listener = new EventListener(
            context.CallerAddress(), context.ShowsKeyOf(options), context.RequestAborted, messages);
        try
        {
            // The token of the writing too, which is where a listener that does not read holds it up.
            context.RequestAborted = listener.Aborted;
            var result = await RefusalAsync(hub, listener) ?? TypedResults.ServerSentEvents(listener.ReadAsync());
            await result.ExecuteAsync(context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            // Also where nobody waited for the joining any more: the loop may still come to it.
            await hub.LeaveAsync(listener);
        }
    }

    /// <summary>Null when it has joined.</summary>
    private static async Task<IResult?> RefusalAsync(EventHub hub, EventListener listener)
    {
        try
        {
            return await hub.JoinAsync(listener, listener.Aborted)
                ? null
                : Refused($"{EventHub.MaxListeners} readers with the key follow the events; no more are allowed.");
        }
        catch (InvalidOperationException e)
        {
            return Refused(e.Message);
        }
    }

    private static IResult Refused(string why) =>
        Results.Json(
            new ErrorAnswer(why), NodeJson.Default.ErrorAnswer, statusCode: StatusCodes.Status503ServiceUnavailable);
}
