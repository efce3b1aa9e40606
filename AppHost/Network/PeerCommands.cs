using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Network;

/// <summary>What can be done to a running peer, beside Aspire's start, stop and restart.</summary>
internal static class PeerCommands
{
    /// <summary>So many characters of an id tell blocks and transactions apart.</summary>
    public const int IdLength = 8;

    private const string To = "to";
    private const string Amount = "amount";

    public static IResourceBuilder<ProjectResource> WithPeerCommands(
        this IResourceBuilder<ProjectResource> peer, PeerPlan plan)
    {
        // A light peer makes nothing.
        if (!plan.Info.Light)
        {
            peer.WithMaking();
        }

        return peer
            .WithSwitch(
                CommandNames.TurnMalicious, "Turn malicious", "ShieldError",
                "From now on it makes up the ids of its blocks.",
                (node, stop) => node.TellAsync(new SetMalicious(true), stop),
                PeerProperties.Behaviour, PeerProperties.Malicious,
                confirmation: "Honest peers will ban it, and a ban is for good: turning honest does not end it. Turn "
                    + "it malicious?")
            .WithSwitch(
                CommandNames.TurnHonest, "Turn honest", "ShieldCheckmark",
                "Its blocks are valid again. Peers that banned it keep the ban.",
                (node, stop) => node.TellAsync(new SetMalicious(false), stop), PeerProperties.Behaviour,
                    PeerProperties.Honest)
            .WithSwitch(
                CommandNames.Pause, "Pause", "Pause",
                "It receives and sends nothing until you resume it.",
                (node, stop) => node.TellAsync(new SetPaused(true), stop), PeerProperties.Activity,
                    PeerProperties.Paused)
            .WithSwitch(
                CommandNames.Resume, "Resume", "Play",
                "It goes on and fetches the blocks that it missed.",
                (node, stop) => node.TellAsync(new SetPaused(false), stop), PeerProperties.Activity,
                    PeerProperties.Active)
            .WithConditions(_ => [peer.Resource], WhileRunning, "what this peer sends");
    }

    internal static string Short(string id) => id[..IdLength];

    internal static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.IsRunning() ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static IResourceBuilder<ProjectResource> WithMaking(this IResourceBuilder<ProjectResource> peer) => peer
        .WithCommand(
            CommandNames.Mine,
            "Mine a block",
            context => ExecuteAsync(context, peer.Resource, async (node, stop) =>
            {
                var block = await node.MineAsync(stop);
                var content = block.Transactions == 1 ? "1 transaction" : $"{block.Transactions} transactions";
                return $"Block {Short(block.BlockId)} at height {block.Height} with {content}";
            }),
            new CommandOptions
            {
                Description = "Makes a block now from the transactions in its pool, and announces it.",
                IconName = "Cube",
                IsHighlighted = true,
                UpdateState = WhileRunning,
            })
        .WithCommand(
            CommandNames.Send,
            "Send a transaction",
            context => ExecuteAsync(context, peer.Resource, async (node, stop) =>
            {
                var amount = context.Arguments.Number(Amount);
                var to = context.Arguments.Text(To) is { } name ? new PeerId(name) : (PeerId?)null;
                var made = await node.PayAsync(new Pay(to, (long)(amount ?? 1)), stop);
                return $"Transaction {Short(made.TxId)}";
            }),
            new CommandOptions
            {
                Description = "Makes a transaction now and sends it to other peers.",
                IconName = "Send",
                Arguments =
                [
                    CommandArguments.TextInput(To, "To", "The id of a peer.", "a peer that it chooses"),
                    CommandArguments.NumberInput(Amount, "Amount", "A whole number above 0.", "1"),
                ],
                ValidateArguments = context =>
                {
                    if (context.Inputs.Number(Amount) is { } amount && (amount < 1 || amount % 1 != 0))
                    {
                        context.Refuse(Amount, "The amount is a whole number above 0.");
                    }

                    return Task.CompletedTask;
                },
                UpdateState = WhileRunning,
            })
        .WithLoad(_ => [peer.Resource], WhileRunning);

    /// <param name="property">What it switches.</param>
    /// <param name="value">What that is afterwards; where it is that already, the command is hidden.</param>
    private static IResourceBuilder<ProjectResource> WithSwitch(
        this IResourceBuilder<ProjectResource> peer, string name, string title, string icon, string description,
        Func<NodeClient, CancellationToken, Task<SwitchAnswer>> command, string property, string value,
        string? confirmation = null) =>
        peer.WithCommand(
            name,
            title,
            context => ExecuteAsync(context, peer.Resource, async (node, stop) =>
            {
                var switches = await command(node, stop);
                await context.Services.GetRequiredService<ResourceNotificationService>()
                    .PublishUpdateAsync(
                        peer.Resource, snapshot => snapshot.WithBehaviour(switches.Malicious, switches.Paused));
                return (switches.Malicious ? PeerProperties.Malicious : PeerProperties.Honest)
                    + (switches.Paused ? $", {PeerProperties.Paused}" : "");
            }),
            new CommandOptions
            {
                Description = description,
                ConfirmationMessage = confirmation,
                IconName = icon,
                UpdateState = context => context.ResourceSnapshot.Is(property, value)
                    ? ResourceCommandState.Hidden
                    : WhileRunning(context),
            });

    private static async Task<ExecuteCommandResult> ExecuteAsync(
        ExecuteCommandContext context, ProjectResource peer, Func<NodeClient, CancellationToken, Task<string>> command)
    {
        try
        {
            return CommandResults.Success(await context.Services.GetRequiredService<PeerControl>()
                .TellAsync(peer, command, context.CancellationToken));
        }
        catch (HttpRequestException problem)
        {
            return CommandResults.Failure(problem.Message);
        }
    }
}
