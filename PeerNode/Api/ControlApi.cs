using System.Security.Cryptography;
using System.Text;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Microsoft.AspNetCore.Mvc;

namespace Blockchain.PeerNode.Api;

/// <summary>What may be told a node from outside, by whoever has its key. Without a key in its options there is none.</summary>
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

    public static void MapControlApi(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup(ControlRoutes.Root);
        control.MapPost(ControlRoutes.Mine, MineAsync).Produces<MinedAnswer>().WithSummary("Makes a block now.");
        control.MapPost(ControlRoutes.Transaction, MakeTransactionAsync).Produces<TransactionAnswer>()
            .WithSummary("Makes a transaction now.");
        control.MapPost(ControlRoutes.Malicious, (EventLoop loop, bool value, CancellationToken stop) =>
            SwitchAsync(loop, peer => peer.IsMalicious = value, stop)).WithSummary("Whether its block ids are made up.");
        control.MapPost(ControlRoutes.Generation, (EventLoop loop, bool value, CancellationToken stop) =>
            SwitchAsync(loop, peer => peer.IsGenerating = value, stop)).WithSummary("Whether it makes anything by itself.");
        control.MapPost(ControlRoutes.CutOff, (EventLoop loop, bool value, CancellationToken stop) =>
            SwitchAsync(loop, peer => peer.IsCutOff = value, stop))
            .WithSummary("Whether its network is cut off from the others.");
        control.MapPost(ControlRoutes.Pause, (EventLoop loop, bool value, CancellationToken stop) =>
            SwitchAsync(loop, peer => peer.IsPaused = value, stop)).WithSummary("Whether it stands still.");
        control.MapPost(ControlRoutes.Conditions, ChangeConditionsAsync).Produces<SwitchAnswer>()
            .Produces<ErrorAnswer>(StatusCodes.Status400BadRequest)
            .WithSummary("What the simulated network does to its messages; what is not given stays.");
        control.MapPost(ControlRoutes.Load, ChangeLoadAsync).Produces<SwitchAnswer>()
            .Produces<ErrorAnswer>(StatusCodes.Status400BadRequest)
            .WithSummary("How many transactions a second it makes by itself; 0: as its plan says.");
    }

    /// <summary>Compared by hash, so that the time taken tells nothing about the key, not even its length.</summary>
    private static bool HasKey(HttpContext context, string key) =>
        context.Request.Headers[ControlRoutes.KeyHeader] is [{ } given]
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static Task<IResult> MineAsync(EventLoop loop, CancellationToken stop) => loop.Ask(
        (peer, now) => peer.TryMakeBlock(now, out var block)
            ? Results.Ok(new MinedAnswer(
                block.Id.ToString(), block.TransactionIds.Length, peer.Ledger.Chain.Height, !block.HasValidId))
            : Results.Conflict(new ErrorAnswer("A light peer makes no blocks.")),
        stop);

    private static Task<IResult> MakeTransactionAsync(
        EventLoop loop, TransactionRequest? request, CancellationToken stop)
    {
        if (request?.Amount is <= 0)
        {
            return Task.FromResult(Results.BadRequest(new ErrorAnswer("amount must be a whole number above 0")));
        }

        if (request?.To is { } to && (to.Length is 0 or > WireLimits.PeerIdLength || to.Any(char.IsSurrogate)))
        {
            return Task.FromResult(Results.BadRequest(
                new ErrorAnswer($"to must be the id of a peer, of 1 to {WireLimits.PeerIdLength} characters")));
        }

        return loop.Ask(
            (peer, now) => peer.TryMakeTransaction(now, Receiver(peer, request?.To), request?.Amount ?? 1, out var made)
                ? Results.Ok(new TransactionAnswer(made.Id.ToString()))
                : Results.Conflict(new ErrorAnswer("It is a light peer, its pool is full, or it has just made the same.")),
            stop);
    }

    private static PeerId Receiver(Peer peer, string? to) =>
        to is not null ? new PeerId(to) : peer.Table.All is [var first, ..] ? first.Id : peer.Info.Id;

    /// <param name="loss">Share of the messages, 0..1.</param>
    /// <param name="latencyMin">A duration as in <c>peers.json</c>: "20ms", "1.5s".</param>
    private static Task<IResult> ChangeConditionsAsync(
        EventLoop loop, string? loss, string? latencyMin, string? latencyMax, CancellationToken stop)
    {
        if (ConditionsChange.TryRead(loss, latencyMin, latencyMax, out var change) is { } problem)
        {
            return Task.FromResult(Results.BadRequest(new ErrorAnswer(problem)));
        }

        return loop.Ask(
            (peer, now) =>
            {
                var conditions = change.Apply(peer.Conditions);
                if (!conditions.IsValid)
                {
                    return Results.BadRequest(new ErrorAnswer(NetworkConditions.Rule));
                }

                peer.Conditions = conditions;
                peer.TellSwitches(now);
                return Results.Ok(Switches(peer));
            },
            stop);
    }

    /// <param name="tx">Transactions a second.</param>
    /// <param name="time">A duration as in <c>peers.json</c>; none: until told otherwise.</param>
    private static Task<IResult> ChangeLoadAsync(
        EventLoop loop, string? tx, [FromQuery(Name = "for")] string? time, CancellationToken stop)
    {
        if (LoadChange.TryRead(tx, time, out var change) is { } problem)
        {
            return Task.FromResult(Results.BadRequest(new ErrorAnswer(problem)));
        }

        return loop.Ask(
            (peer, now) => peer.TrySetLoad(now, change.PerSecond, change.Time)
                ? Results.Ok(Switches(peer))
                : Results.Conflict(new ErrorAnswer("A light peer makes no transactions.")),
            stop);
    }

    private static Task<SwitchAnswer> SwitchAsync(EventLoop loop, Action<Peer> change, CancellationToken stop) => loop.Ask(
        (peer, now) =>
        {
            change(peer);
            peer.TellSwitches(now);
            return Switches(peer);
        },
        stop);

    private static SwitchAnswer Switches(Peer peer) => new(
        peer.IsMalicious,
        peer.IsGenerating,
        peer.IsCutOff,
        peer.IsPaused,
        peer.Conditions.Loss,
        peer.Conditions.Latency.Min.TotalSeconds,
        peer.Conditions.Latency.Max.TotalSeconds,
        peer.Load);
}
