using System.Globalization;

namespace Blockchain.Shared.Topology;

/// <summary>What peers and networks are called in service discovery, dashboards and scrape configurations.</summary>
public static class ServiceNames
{
    public const string PublicNetwork = "network-public";

    /// <summary>"peer-5000".</summary>
    public static string OfPeer(PeerId id) => $"peer-{id}";

    /// <summary>"network-1".</summary>
    /// <param name="networkId">A <c>localnetworkid</c>, or <see cref="PeerInfo.NoNetwork"/>.</param>
    public static string OfNetwork(int networkId) => networkId == PeerInfo.NoNetwork
        ? PublicNetwork
        : $"network-{networkId.ToString(CultureInfo.InvariantCulture)}";
}
