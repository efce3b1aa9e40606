using System.Globalization;

namespace Blockchain.Shared.Topology;

/// <summary>What services and networks are called in service discovery, dashboards and scrape configurations.</summary>
public static class ServiceNames
{
    public const string PublicNetwork = "network-public";

    public const string Observatory = "observatory";

    /// <summary>What the name of a peer begins with; its id follows.</summary>
    public const string PeerPrefix = "peer-";

    /// <summary>"peer-5000".</summary>
    public static string OfPeer(PeerId id) => $"{PeerPrefix}{id}";

    /// <summary>"network-1".</summary>
    /// <param name="networkId">A <c>localnetworkid</c>, or <see cref="PeerInfo.NoNetwork"/>.</param>
    public static string OfNetwork(int networkId) => networkId == PeerInfo.NoNetwork
        ? PublicNetwork
        : $"network-{networkId.ToString(CultureInfo.InvariantCulture)}";
}
