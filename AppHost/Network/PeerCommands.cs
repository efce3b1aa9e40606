using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Network;

/// <summary>What can be done to a running peer, beside Aspire's start, stop and restart.</summary>
internal static class PeerCommands
{
    public static IResourceBuilder<ProjectResource> WithPeerCommands(this IResourceBuilder<ProjectResource> peer) => peer
        .WithPeerCommand(CommandNames.Mine, "Mine a block", "Cube", "mine", answer =>
            $"Block {Short(answer, "block_id")} with {answer.GetProperty("transactions")} transactions")
        .WithPeerCommand(CommandNames.Transaction, "Send a transaction", "Send", "transaction", answer =>
            $"Transaction {Short(answer, "tx_id")}")
        .WithSwitch(CommandNames.TurnMalicious, "Turn malicious", "ShieldError", "malicious?value=true", Hidden(
            PeerProperties.Behaviour, PeerProperties.Malicious))
        .WithSwitch(CommandNames.TurnHonest, "Turn honest", "ShieldCheckmark", "malicious?value=false", Hidden(
            PeerProperties.Behaviour, PeerProperties.Honest))
        .WithSwitch(CommandNames.Pause, "Pause", "Pause", "pause?value=true", Hidden(
            PeerProperties.Activity, PeerProperties.Paused))
        .WithSwitch(CommandNames.Resume, "Resume", "Play", "pause?value=false", Hidden(
            PeerProperties.Activity, PeerProperties.Active));

    private static IResourceBuilder<ProjectResource> WithPeerCommand(
        this IResourceBuilder<ProjectResource> peer, string name, string title, string icon, string path,
        Func<JsonElement, string> describe) =>
        peer.WithCommand(
            name,
            title,
            context => ExecuteAsync(context, peer.Resource, path, answer => Task.FromResult(describe(answer))),
            new CommandOptions { IconName = icon, UpdateState = context => WhileRunning(context.ResourceSnapshot) });

    private static IResourceBuilder<ProjectResource> WithSwitch(
        this IResourceBuilder<ProjectResource> peer, string name, string title, string icon, string path,
        Func<CustomResourceSnapshot, bool> isHidden) =>
        peer.WithCommand(
            name,
            title,
            context => ExecuteAsync(context, peer.Resource, path, async answer =>
            {
                var (malicious, paused) = (Flag(answer, "malicious"), Flag(answer, "paused"));
                await context.Services.GetRequiredService<ResourceNotificationService>()
                    .PublishUpdateAsync(peer.Resource, snapshot => snapshot.With(malicious, paused))
                    .ConfigureAwait(false);
                return (malicious ? PeerProperties.Malicious : PeerProperties.Honest)
                    + (paused ? $", {PeerProperties.Paused}" : "");
            }),
            new CommandOptions
            {
                IconName = icon,
                UpdateState = context => isHidden(context.ResourceSnapshot)
                    ? ResourceCommandState.Hidden
                    : WhileRunning(context.ResourceSnapshot),
            });

    private static async Task<ExecuteCommandResult> ExecuteAsync(
        ExecuteCommandContext context, ProjectResource peer, string path, Func<JsonElement, Task<string>> describe)
    {
        try
        {
            var answer = await context.Services.GetRequiredService<PeerControl>()
                .PostAsync(peer, path, context.CancellationToken)
                .ConfigureAwait(false);
            return CommandResults.Success(await describe(answer).ConfigureAwait(false));
        }
        catch (HttpRequestException problem)
        {
            return CommandResults.Failure(problem.Message);
        }
    }

    private static Func<CustomResourceSnapshot, bool> Hidden(string property, string value) =>
        snapshot => snapshot.Is(property, value);

    private static ResourceCommandState WhileRunning(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static bool Flag(JsonElement answer, string name) => answer.GetProperty(name).GetBoolean();

    private static string Short(JsonElement answer, string name) => answer.GetProperty(name).GetString()![..8];
}
