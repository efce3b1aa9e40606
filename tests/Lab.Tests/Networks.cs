using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Tests;

/// <summary>Plans for tests that start nothing.</summary>
internal static class Networks
{
    public static PeerPlan Peer(
        string id, int port = 5000, bool nat = false, bool light = false, bool malicious = false, int network = -1) =>
            new()
        {
            Info = new PeerInfo(new PeerId(id), "127.99.0." + (port % 250), port, nat, light, network),
            Malicious = malicious,
        };

    /// <summary>A gateway, a peer behind it, a malicious one, and a light one that belongs to nobody.</summary>
    public static NetworkPlan OfEveryKind() => new(
    [
        Peer("5000", 5000, network: 1),
        Peer("5001", 5001, nat: true, network: 1),
        Peer("5002", 5002, malicious: true),
        Peer("5003", 5003, light: true),
    ]);
}
