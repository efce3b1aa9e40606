using Blockchain.NodeApi;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Network;

/// <summary>What can be done to a running peer, beside Aspire's start, stop and restart.</summary>
internal static class PeerCommands
{
    public static IResourceBuilder<ProjectResource> WithPeerCommands(this IResourceBuilder<ProjectResource> peer) => peer
        .WithPeerCommand(CommandNames.Mine, "Mine a block", "Cube", async (node, stop) =>
        {
            var block = await node.MineAsync(stop).ConfigureAwait(false);
            return $"Block {Short(block.BlockId)} with {block.Transactions} transactions";
        })
        .WithPeerCommand(CommandNames.Transaction, "Send a transaction", "Send", async (node, stop) =>
            $"Transaction {Short((await node.MakeTransactionAsync(cancellation: stop).ConfigureAwait(false)).TxId)}")
        .WithSwitch(
            CommandNames.TurnMalicious, "Turn malicious", "ShieldError",
            (node, stop) => node.SetMaliciousAsync(true, stop),
            Hidden(PeerProperties.Behaviour, PeerProperties.Malicious))
        .WithSwitch(
            CommandNames.TurnHonest, "Turn honest", "ShieldCheckmark",
            (node, stop) => node.SetMaliciousAsync(false, stop),
            Hidden(PeerProperties.Behaviour, PeerProperties.Honest))
        .WithSwitch(
            CommandNames.Pause, "Pause", "Pause",
            (node, stop) => node.SetPausedAsync(true, stop),
            Hidden(PeerProperties.Activity, PeerProperties.Paused))
        .WithSwitch(
            CommandNames.Resume, "Resume", "Play",
            (node, stop) => node.SetPausedAsync(false, stop),
            Hidden(PeerProperties.Activity, PeerProperties.Active));

    private static IResourceBuilder<ProjectResource> WithPeerCommand(
        this IResourceBuilder<ProjectResource> peer, string name, string title, string icon,
        Func<NodeClient, CancellationToken, Task<string>> command) =>
        peer.WithCommand(
            name,
            title,
            context => ExecuteAsync(context, peer.Resource, command, Task.FromResult),
            new CommandOptions { IconName = icon, UpdateState = context => WhileRunning(context.ResourceSnapshot) });

    private static IResourceBuilder<ProjectResource> WithSwitch(
        this IResourceBuilder<ProjectResource> peer, string name, string title, string icon,
        Func<NodeClient, CancellationToken, Task<SwitchAnswer>> command, Func<CustomResourceSnapshot, bool> isHidden) =>
        peer.WithCommand(
            name,
            title,
            context => ExecuteAsync(context, peer.Resource, command, async switches =>
            {
                await context.Services.GetRequiredService<ResourceNotificationService>()
                    .PublishUpdateAsync(
                        peer.Resource, snapshot => snapshot.With(switches.Malicious, switches.Paused))
                    .ConfigureAwait(false);
                return (switches.Malicious ? PeerProperties.Malicious : PeerProperties.Honest)
                    + (switches.Paused ? $", {PeerProperties.Paused}" : "");
            }),
            new CommandOptions
            {
                IconName = icon,
                UpdateState = context => isHidden(context.ResourceSnapshot)
                    ? ResourceCommandState.Hidden
                    : WhileRunning(context.ResourceSnapshot),
            });

    private static async Task<ExecuteCommandResult> ExecuteAsync<T>(
        ExecuteCommandContext context,
        ProjectResource peer,
        Func<NodeClient, CancellationToken, Task<T>> command,
        Func<T, Task<string>> describe)
    {
        try
        {
            var answer = await context.Services.GetRequiredService<PeerControl>()
                .TellAsync(peer, command, context.CancellationToken)
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

    private static string Short(string id) => id[..8];
}
