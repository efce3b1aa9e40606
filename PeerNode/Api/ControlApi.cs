using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Api;

/// <summary>
/// What a node can be told from outside, by callers that have its key (<see cref="ControlKey"/>).
/// </summary>
internal static class ControlApi
{
    /// <summary>
    /// One route for each <see cref="PeerVerb"/>; its arguments are the query, or the members of a JSON body.
    /// </summary>
    public static void MapControlApi(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup(ControlRoutes.Root);
        foreach (var verb in PeerVerb.All)
        {
            control.MapPost($"/{verb.Name}", (HttpContext context, EventLoop loop, CancellationToken stop) =>
                    ApplyAsync(verb, context, loop, stop))
                .Produces<SwitchAnswer>()
                .Produces<ErrorAnswer>(StatusCodes.Status400BadRequest)
                .Produces<ErrorAnswer>(StatusCodes.Status409Conflict)
                .WithSummary(verb.Summary)
                .WithDescription($"Arguments: {string.Join(", ", verb.Parameters.DefaultIfEmpty("none"))}.");
        }
    }

    private static async Task<IResult> ApplyAsync(
        PeerVerb verb, HttpContext context, EventLoop loop, CancellationToken stop)
    {
        var (body, bodyProblem) = await ReadBodyAsync(context, stop);
        if (bodyProblem is not null)
        {
            return Results.BadRequest(new ErrorAnswer(bodyProblem));
        }

        var isGiven = verb.TryParse(Argument, out var command, out var problem);
        return isGiven
            ? await loop.Tell((peer, now) => Answer(peer, now, peer.Apply(now, command!)), stop)
            : Results.BadRequest(new ErrorAnswer(problem!));

        string? Argument(string name) => context.Request.Query[name] is { Count: > 0 } given
            ? given.ToString()
            : body?.GetValueOrDefault(name);
    }

    private static async Task<(Dictionary<string, string?>? Body, string? Problem)> ReadBodyAsync(
        HttpContext context, CancellationToken stop)
    {
        if (!context.Request.HasJsonContentType() || context.Request.ContentLength == 0)
        {
            return default;
        }

        try
        {
            var json = await JsonNode.ParseAsync(
                context.Request.Body,
                documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false },
                cancellationToken: stop);
            return json is JsonObject body
                ? (body.ToDictionary(member => member.Key, member => member.Value?.ToString()), null)
                : (null, "the body must be a JSON object");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // The latter: a text has half a surrogate pair, or is not UTF-8, which shows when it is read.
            return (null, "the body must be JSON, with each key once");
        }
    }

    private static IResult Answer(Peer peer, TimeSpan now, CommandResult result) => result switch
    {
        { Refusal: { } why } => Results.Conflict(new ErrorAnswer(why)),
        { IsBegun: true, Block: { } begun } => Results.Accepted(value: new MinedAnswer(
            "", begun.TransactionIds.Length, peer.Ledger.Chain.Height, Malicious: false)),
        { Block: { } block } => Results.Ok(new MinedAnswer(
            block.Id.ToString(), block.TransactionIds.Length, peer.Ledger.Chain.Height, !block.HasValidId)),
        { Transaction: { } made } => Results.Ok(new TransactionAnswer(made.Id.ToString())),
        _ => Results.Ok(Switches(peer.Switches(now))),
    };

    private static SwitchAnswer Switches(PeerSwitched now) => new(
        now.Malicious,
        now.Generating,
        now.CutOff,
        now.Paused,
        now.Loss,
        now.LatencyMin.TotalSeconds,
        now.LatencyMax.TotalSeconds,
        now.Load,
        now.Behaviour,
        now.Burst,
        now.Capacity,
        now.Pairs,
        now.Blocked);
}
