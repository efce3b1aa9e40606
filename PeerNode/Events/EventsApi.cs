using Blockchain.PeerNode.Api;

namespace Blockchain.PeerNode.Events;

/// <summary><c>GET /events</c>: what happens at this node, as server-sent events.</summary>
internal static class EventsApi
{
    public static void MapEventsApi(this IEndpointRouteBuilder app) =>
        app.MapGet("/events", FollowAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces<ErrorAnswer>(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("What happens here, as server-sent events: the state as events, then live.")
            .WithDescription("The type of each is its kind, its data one JSON object; see docs/events.md.");

    private static async Task<IResult> FollowAsync(HttpContext context, EventHub hub)
    {
        EventListener? listener;
        try
        {
            listener = await hub.JoinAsync(context.Abort, context.RequestAborted);
        }
        catch (InvalidOperationException e)
        {
            return Refused(e.Message);
        }

        if (listener is null)
        {
            return Refused($"{EventHub.MaxListeners} follow the events already, which is all that may.");
        }

        context.Response.OnCompleted(() => hub.LeaveAsync(listener));
        return TypedResults.ServerSentEvents(listener.ReadAsync());
    }

    private static IResult Refused(string why) =>
        Results.Json(
            new ErrorAnswer(why), ApiJson.Default.ErrorAnswer, statusCode: StatusCodes.Status503ServiceUnavailable);
}
