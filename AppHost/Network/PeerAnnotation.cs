using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

/// <summary>Marks a project resource as a peer of the network.</summary>
public sealed record PeerAnnotation(PeerPlan Plan, NatNetworkResource Network) : IResourceAnnotation
{
    /// <summary>Null for a resource that is no peer.</summary>
    public static PeerAnnotation? Of(IResource resource) =>
        resource.TryGetLastAnnotation<PeerAnnotation>(out var peer) ? peer : null;
}
