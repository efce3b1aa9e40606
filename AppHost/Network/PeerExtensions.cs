using System.Net;
using Blockchain.ServiceDefaults;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

internal static class PeerExtensions
{
    /// <summary>Where the file of the network is in a container.</summary>
    public const string ContainerFile = "/etc/blockchain/peers.json";

    /// <summary>
    /// Where the volume of a peer is in its container: a folder that belongs to the user of the image, whose owner a
    /// new volume takes over.
    /// </summary>
    public const string ContainerVolume = "/home/app";

    /// <summary>Where in it the peer keeps its file.</summary>
    public const string ContainerData = $"{ContainerVolume}/blockchain";

    /// <summary>A peer as a service: where it listens, how one sees that it is well, what can be done to it.</summary>
    public static IResourceBuilder<ProjectResource> AddPeer(
        this IDistributedApplicationBuilder builder,
        PeerPlan plan,
        int httpPort,
        IResourceBuilder<NatNetworkResource> network)
    {
        // Not proxied: a peer is recognised by the address that it listens on and dials from.
        var peer = builder.AddProject<Projects.PeerNode>(ServiceNames.OfPeer(plan.Id), launchProfileName: null)
            .WithEndpoint(plan.Info.Port, plan.Info.Port, "tcp", Names.P2p, isProxied: false)
            .WithEndpoint(Names.P2p, p2p => p2p.TargetHost = plan.Info.Ip)
            .WithHttpEndpoint(httpPort, httpPort, Names.Http, isProxied: false)
            .WithEndpoint(Names.Http, http => http.TargetHost = IPAddress.Loopback.ToString())
            .WithUrlForEndpoint(Names.Http, url => url.DisplayText = $"Page of {plan.Id}")
            .WithUrlForEndpoint(Names.P2p, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithAnnotation(new PeerAnnotation(plan, network.Resource))
            .WithParentRelationship(network)
            .WithInitialState(PeerProperties.Initial(plan, network.Resource))
            .WithPeerCommands(plan)
            .WithoutCertificate();
        network.Resource.Add(peer.Resource);

        // Where it is published, images and probes do the same.
        if (builder.ExecutionContext.IsRunMode)
        {
            peer.WithOwnExecutable().WithHttpHealthCheck(ServiceRoutes.Health, endpointName: Names.Http);
        }

        return plan.ManualStart ? peer.WithExplicitStart() : peer;
    }

    /// <summary>Else the dashboard complains that no certificate is trusted; none is used.</summary>
    public static IResourceBuilder<ProjectResource> WithoutCertificate(this IResourceBuilder<ProjectResource> service)
    {
#pragma warning disable ASPIRECERTIFICATES001 // Under evaluation, and there is nothing else.
        return service.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
    }

    /// <summary>What tells the process which peer it is, and where the others are.</summary>
    public static void WithConfigurationOf(this IResourceBuilder<ProjectResource> peer, BlockchainNetwork network)
    {
        var isPublished = peer.ApplicationBuilder.ExecutionContext.IsPublishMode;
        var plan = PeerAnnotation.Of(peer.Resource)!.Plan;

        // On this machine a peer finds those that it does not refer to by the address that others tell; between
        // containers,
        // where no address is known in advance, all have to be found by name.
        var others = isPublished ? network.Plan.Peers.Where(
            other => other.Id != plan.Id) : network.Plan.KnownBy(plan.Id);
        peer.WithEnvironment("Node__Id", plan.Id.Value)
            .WithEnvironment("Node__File", isPublished ? ContainerFile : network.File)
            .WithEnvironment("Node__Addresses", isPublished ? "Discovered" : "Own")
            .WithControlKey("Node__Key", network)
            .WithData(network)
            .WithServices(Names.P2p, [.. others.Select(other => network.At(other.Id))]);
        if (network.Keys?.Folder is { } keys)
        {
            peer.WithEnvironment("Node__PrivateKeyFile", keys.FileOf(plan.Id));
        }
    }

    /// <summary>
    /// Tells a service where an endpoint of these peers is, as service discovery reads it. WithReference would do the
    /// same, and draw an arrow for each pair of peers in the dashboard's graph, which then shows nothing else.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithServices(
        this IResourceBuilder<ProjectResource> service, string endpoint,
            IReadOnlyList<IResourceBuilder<IResourceWithEndpoints>> peers) =>
        service.WithEnvironment(context =>
        {
            foreach (var peer in peers)
            {
                context.EnvironmentVariables[$"services__{peer.Resource.Name}__{endpoint}__0"] = peer.GetEndpoint(
                    endpoint);
            }
        });

    /// <summary>Where the peer keeps what outlives it, if it does.</summary>
    private static IResourceBuilder<ProjectResource> WithData(
        this IResourceBuilder<ProjectResource> peer, BlockchainNetwork network) =>
        network.Plan.Data is { } folder && peer.ApplicationBuilder.ExecutionContext.IsRunMode
            ? peer.WithEnvironment("Node__Data", Path.GetFullPath(folder))
            : peer;

    /// <summary>For the same reason set without a reference to the parameter.</summary>
    public static IResourceBuilder<ProjectResource> WithControlKey(
        this IResourceBuilder<ProjectResource> service, string variable, BlockchainNetwork network) =>
        service.WithEnvironment(context => context.EnvironmentVariables[variable] = network.ControlKey.Resource);
}
