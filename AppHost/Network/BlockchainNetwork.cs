using Blockchain.Launching;
using Blockchain.Launching.Guests;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

/// <summary>A planned network as resources.</summary>
/// <param name="Plan">With the addresses that its peers have in this run, or in the file if it is published.</param>
/// <param name="File">The <c>peers.json</c>.</param>
/// <param name="ControlKey">What the control API of every node asks for; made anew for each run.</param>
/// <param name="Networks">The public one first, then in the order of their ids.</param>
/// <param name="Peers">Nodes of ours, in the order of the plan.</param>
public sealed record BlockchainNetwork(
    IDistributedApplicationBuilder Builder,
    NetworkPlan Plan,
    string File,
    IResourceBuilder<ParameterResource> ControlKey,
    IReadOnlyList<IResourceBuilder<NatNetworkResource>> Networks,
    IReadOnlyDictionary<PeerId, IResourceBuilder<ProjectResource>> Peers) : IDisposable
{
    /// <summary>The keys of this run, which end with it; null where nothing runs.</summary>
    public RunKeys? Keys { get; init; }

    /// <summary>Peers that are programs of others.</summary>
    public IReadOnlyDictionary<PeerId, IResourceBuilder<ExecutableResource>> Programs { get; init; } =
        new Dictionary<PeerId, IResourceBuilder<ExecutableResource>>();

    /// <summary>The network as those programs read it; null: there are none.</summary>
    internal PlainFile? Plain { get; init; }

    /// <summary>Ends what was made for this run alone.</summary>
    public void Dispose()
    {
        Keys?.Dispose();
        Plain?.Dispose();
    }

    internal IResourceBuilder<IResourceWithEndpoints> At(PeerId id) =>
        Peers.TryGetValue(id, out var peer) ? peer : Programs[id];
}
