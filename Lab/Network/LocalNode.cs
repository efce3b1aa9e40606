using System.Diagnostics;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Network;

/// <summary>One peer of a local network.</summary>
public sealed class LocalNode : LocalService
{
    internal LocalNode(PeerPlan plan, NodeClient client, ProcessStartInfo start, LocalNetworkOptions options)
        : base(ServiceNames.OfPeer(plan.Id), $"peer {plan.Id}", client.Url, client.IsHealthyAsync, start, options)
    {
        Plan = plan;
        Client = client;
    }

    public PeerPlan Plan { get; }

    public PeerId Id => Plan.Id;

    public NodeClient Client { get; }
}
