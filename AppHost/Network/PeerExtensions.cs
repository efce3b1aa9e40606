using System.Net;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

internal static class PeerExtensions
{
    private const string Health = "/health";

    /// <summary>A peer as a service: where it listens, how one sees that it is well, what can be done to it.</summary>
    public static IResourceBuilder<ProjectResource> AddPeer(
        this IDistributedApplicationBuilder builder,
        PeerPlan plan,
        int httpPort,
        IResourceBuilder<NatNetworkResource> network)
    {
        // Not proxied: a peer is recognised by the address that it listens on and dials from.
        var peer = builder.AddProject<Projects.PeerNode>(Names.OfPeer(plan.Id), launchProfileName: null)
            .WithEndpoint(plan.Info.Port, plan.Info.Port, "tcp", Names.P2p, isProxied: false)
            .WithEndpoint(Names.P2p, p2p => p2p.TargetHost = plan.Info.Ip)
            .WithHttpEndpoint(httpPort, httpPort, Names.Http, isProxied: false)
            .WithEndpoint(Names.Http, http => http.TargetHost = IPAddress.Loopback.ToString())
            .WithHttpHealthCheck(Health, endpointName: Names.Http)
            .WithUrlForEndpoint(Names.Http, url => url.DisplayText = $"Page of {plan.Id}")
            .WithUrlForEndpoint(Names.P2p, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithAnnotation(new PeerAnnotation(plan, network.Resource))
            .WithParentRelationship(network)
            .WithInitialState(PeerProperties.Initial(plan, network.Resource))
            .WithPeerCommands();
        network.Resource.Add(peer.Resource);
        return plan.ManualStart ? peer.WithExplicitStart() : peer;
    }

    /// <summary>What tells the process which peer it is.</summary>
    public static IResourceBuilder<ProjectResource> WithConfigurationOf(
        this IResourceBuilder<ProjectResource> peer, BlockchainNetwork network)
    {
        var plan = PeerAnnotation.Of(peer.Resource)!.Plan;
        return peer
            .WithEnvironment("Node__Id", plan.Id.Value)
            .WithEnvironment("Node__File", network.File)
            .WithEnvironment("Node__Addresses", "Own")
            .WithEnvironment("Node__Key", network.ControlKey);
    }

    /// <summary>Service discovery of both endpoints of each of these peers.</summary>
    public static void WithReferencesTo(
        this IResourceBuilder<ProjectResource> peer, IEnumerable<IResourceBuilder<ProjectResource>> known)
    {
        foreach (var other in known)
            peer.WithReference(other);
    }
}
