using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Network;

internal static class NatNetworkExtensions
{
    public static IResourceBuilder<NatNetworkResource> AddNatNetwork(
        this IDistributedApplicationBuilder builder, int networkId, NatGroup? group)
    {
        var resource = new NatNetworkResource(ServiceNames.OfNetwork(networkId), networkId, group);
        IEnumerable<ProjectResource> PeersUp(IServiceProvider services) =>
            services.GetRequiredService<NetworkMonitor>().UpIn(resource);
        return builder.AddResource(resource)
            .ExcludeFromManifest()
            .WithIconName("Globe")
            .WithInitialState(NatNetworkProperties.Initial(resource))
            .WithCommand(
                CommandNames.Partition,
                "Partition",
                context => SetCutOffAsync(context, resource, true),
                new CommandOptions
                {
                    Description = "Cuts its peers off from all other networks.",
                    IconName = "PlugDisconnected",
                    IsHighlighted = true,
                    UpdateState = _ => resource.IsCutOff ? ResourceCommandState.Hidden : ResourceCommandState.Enabled,
                })
            .WithCommand(
                CommandNames.Heal,
                "Heal",
                context => SetCutOffAsync(context, resource, false),
                new CommandOptions
                {
                    Description = "Connects its peers with the other networks again.",
                    IconName = "PlugConnected",
                    IsHighlighted = true,
                    UpdateState = _ => resource.IsCutOff ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
                })
            .WithConditions(PeersUp, state: null, "what the peers of this network send")
            .WithLoad(services => PeersUp(services).Where(IsMaker), state: null);
    }

    private static bool IsMaker(ProjectResource peer) => PeerAnnotation.Of(peer) is { Plan.Info.Light: false };

    private static async Task<ExecuteCommandResult> SetCutOffAsync(
        ExecuteCommandContext context, NatNetworkResource network, bool value)
    {
        var problems = await context.Services.GetRequiredService<NetworkMonitor>()
            .SetCutOffAsync(network, value, context.CancellationToken);
        return problems.Count == 0
            ? CommandResults.Success(value ? $"{network.Name} is cut off" : $"{network.Name} is connected again")
            : CommandResults.Failure(string.Join("; ", problems));
    }
}
