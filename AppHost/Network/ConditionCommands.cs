using Blockchain.NodeApi;
using Blockchain.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Network;

/// <summary>Network conditions and load, of one peer or of all peers of a network that are up.</summary>
internal static class ConditionCommands
{
    private const string Loss = "loss";
    private const string LatencyMin = "latency-min";
    private const string LatencyMax = "latency-max";
    private const string PerSecond = "per-second";
    private const string Time = "for";

    /// <param name="peers">To whom it is done.</param>
    /// <param name="what">What the conditions are of.</param>
    public static IResourceBuilder<T> WithConditions<T>(
        this IResourceBuilder<T> resource,
        Func<IServiceProvider, IEnumerable<ProjectResource>> peers,
        Func<UpdateCommandStateContext, ResourceCommandState>? state,
        string what)
        where T : IResource => resource.WithCommand(
            CommandNames.Conditions,
            "Change loss and latency",
            context => ExecuteAsync(
                context,
                peers,
                (node, stop) => node.TellAsync(
                    new SetConditions(
                        context.Arguments.Number(Loss) / 100,
                        context.Arguments.Duration(LatencyMin),
                        context.Arguments.Duration(LatencyMax)),
                    stop),
                told => $"loss {told.Loss:0.#%}, latency {Seconds(told.LatencyMin)} to {Seconds(told.LatencyMax)}"),
            new CommandOptions
            {
                Description = $"Changes the loss and the latency of {what}.",
                IconName = "CloudFlow",
                Arguments =
                [
                    CommandArguments.NumberInput(Loss, "Loss, %", "Share of the messages that are lost.", "as it is"),
                    CommandArguments.TextInput(LatencyMin, "Latency from", "Such as 20ms or 1.5s.", "as it is"),
                    CommandArguments.TextInput(LatencyMax, "to", "Such as 100ms or 3s.", "as it is"),
                ],
                ValidateArguments = context =>
                {
                    context.RefuseNumberOutside(Loss, 0, 100, "Loss");
                    context.RefuseOtherThanDuration(LatencyMin);
                    context.RefuseOtherThanDuration(LatencyMax);
                    if (context.Inputs.All(input => string.IsNullOrWhiteSpace(input.Value)))
                    {
                        context.Refuse(Loss, "Fill in at least one field.");
                    }

                    return Task.CompletedTask;
                },
                UpdateState = state,
            });

    public static IResourceBuilder<T> WithLoad<T>(
        this IResourceBuilder<T> resource,
        Func<IServiceProvider, IEnumerable<ProjectResource>> peers,
        Func<UpdateCommandStateContext, ResourceCommandState>? state)
        where T : IResource => resource.WithCommand(
            CommandNames.Load,
            "Add load",
            context => ExecuteAsync(
                context,
                peers,
                (node, stop) => node.TellAsync(
                    new SetLoad(
                        context.Arguments.Number(PerSecond) ?? 0, context.Arguments.Duration(Time) ?? TimeSpan.Zero),
                    stop),
                told => told.Load > 0 ? $"{told.Load} transactions per second" : "transactions as planned"),
            new CommandOptions
            {
                Description = "Makes so many transactions per second; 0 goes back to the rate of the file.",
                IconName = "TopSpeed",
                Arguments =
                [
                    CommandArguments.NumberInput(PerSecond, "Transactions per second", "For each peer.", "0"),
                    CommandArguments.TextInput(Time, "For", "Such as 30s or 5min.", "until you change it"),
                ],
                ValidateArguments = context =>
                {
                    context.RefuseNumberOutside(PerSecond, 0, Peer.MaxLoad, "The load");
                    context.RefuseOtherThanDuration(Time);
                    return Task.CompletedTask;
                },
                UpdateState = state,
            });

    private static async Task<ExecuteCommandResult> ExecuteAsync(
        ExecuteCommandContext context,
        Func<IServiceProvider, IEnumerable<ProjectResource>> peers,
        Func<NodeClient, CancellationToken, Task<SwitchAnswer>> command,
        Func<SwitchAnswer, string> describe)
    {
        ProjectResource[] told = [.. peers(context.Services)];
        SwitchAnswer? last = null;
        var problems = await context.Services.GetRequiredService<PeerControl>().TellAllAsync(
            told,
            async (node, stop) => last = await command(node, stop),
            context.CancellationToken);
        if (problems.Count > 0)
        {
            return CommandResults.Failure(string.Join("; ", problems));
        }

        if (last is null)
        {
            return CommandResults.Failure("No peer is up.");
        }

        var whom = told.Length == 1 ? told[0].Name : $"{told.Length} peers";
        return CommandResults.Success($"{whom}: {describe(last)}");
    }

    private static string Seconds(double seconds) => Durations.Format(TimeSpan.FromSeconds(seconds));
}
