using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Api;

/// <summary>
/// What a node can be told from outside, by callers that have its key. Without a key in its options there is no such
/// API.
/// </summary>
internal static class ControlApi
{
    /// <summary>Asks for the key before anything of a request is looked at.</summary>
    public static void UseControlKey(this IApplicationBuilder app, NodeOptions options) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(ControlRoutes.Root)
            || (options.ControlKey is { } key && HasKey(context, key)))
        {
            return next(context);
        }

        context.Response.StatusCode = options.ControlKey is null
            ? StatusCodes.Status404NotFound
            : StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    });

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

    /// <summary>Compared by hash, so that the time taken tells nothing about the key, not even its length.</summary>
    private static bool HasKey(HttpContext context, string key) =>
        context.Request.Headers[ControlRoutes.KeyHeader] is [{ } given]
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

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
            ? await loop.Ask((peer, now) => Answer(peer, now, peer.Apply(now, command!)), stop)
            : Results.BadRequest(new ErrorAnswer(problem!));

        string? Argument(string name) => context.Request.Query[name] is { Count: > 0 } given
            ? given.ToString()
            : body?[name] is { } value && value.GetValueKind() != JsonValueKind.Null ? value.ToString() : null;
    }

    private static async Task<(JsonObject? Body, string? Problem)> ReadBodyAsync(
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
            return json is JsonObject body ? (body, null) : (null, "the body must be a JSON object");
        }
        catch (JsonException)
        {
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
        now.Load);
}
