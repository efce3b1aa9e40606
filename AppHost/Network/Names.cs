using System.Globalization;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Network;

/// <summary>What things are called in the dashboard, in service discovery and in what is published.</summary>
public static class Names
{
    public const string P2p = "p2p";
    public const string Http = "http";
    public const string ControlKey = "control-key";
    public const string PublicNetwork = "network-public";

    public static string OfPeer(PeerId id) => $"peer-{id}";

    /// <param name="networkId">A <c>localnetworkid</c>, or <see cref="PeerInfo.NoNetwork"/>.</param>
    public static string OfNetwork(int networkId) => networkId == PeerInfo.NoNetwork
        ? PublicNetwork
        : $"network-{networkId.ToString(CultureInfo.InvariantCulture)}";
}
