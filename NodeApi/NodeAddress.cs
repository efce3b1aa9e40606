using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.NodeApi;

/// <summary>Where a node's pages and API are.</summary>
public static class NodeAddress
{
    /// <summary>On this machine, unless the node was told otherwise.</summary>
    /// <param name="p2pPort">The port of its peer.</param>
    public static Uri OnThisMachine(int p2pPort) => new($"http://127.0.0.1:{NetworkPlan.HttpPortOf(p2pPort)}/");

    /// <summary>"http://peer-5000/", a name that service discovery knows.</summary>
    public static Uri ByName(PeerId id) => new($"http://{ServiceNames.OfPeer(id)}/");
}
