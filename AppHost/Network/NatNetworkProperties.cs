using System.Globalization;

namespace Blockchain.AppHost.Network;

/// <summary>What the dashboard shows of a network.</summary>
public static class NatNetworkProperties
{
    public const string PeersUp = "network.peers_up";
    public const string PeersInAll = "network.peers";
    public const string Gateways = "network.gateways";
    public const string Connection = "network.connection";

    public const string Connected = "connected";
    public const string Partitioned = "partitioned";

    internal static CustomResourceSnapshot Initial(NatNetworkResource network) =>
        new CustomResourceSnapshot { ResourceType = "Network", State = KnownResourceStates.NotStarted, Properties = [] }
            .Show(2, PeersInAll, "Peers in all", network.Size)
            .Show(3, Gateways, "Gateways", GatewaysOf(network))
            .With(network, up: 0, waiting: 0) with
        { State = KnownResourceStates.NotStarted };

    /// <summary>The state in the table of resources is the whole in a few words: "4 of 4 up, partitioned".</summary>
    /// <param name="waiting">Peers that are started by hand, and have not been.</param>
    internal static CustomResourceSnapshot With(
        this CustomResourceSnapshot snapshot, NatNetworkResource network, int up, int waiting)
    {
        var expected = network.Size - waiting;
        var isComplete = up >= expected;
        var text = (isComplete && waiting > 0 ? $"{up} up" : $"{up} of {expected} up")
            + (waiting > 0 ? $", {waiting} waiting" : "")
            + (network.IsCutOff ? $", {Partitioned}" : "");
        var style = isComplete && !network.IsCutOff ? KnownResourceStateStyles.Success : KnownResourceStateStyles.Warn;
        return (snapshot with { State = new ResourceStateSnapshot(text, style) })
            .Show(1, PeersUp, "Peers up", up)
            .Show(2, PeersInAll, "Peers in all", network.Size)
            .Show(4, Connection, "Connection", network.IsCutOff ? Partitioned : Connected)
            .Show(5, CustomResourceKnownProperties.Source, "Source", SourceOf(network));
    }

    internal static string GatewaysOf(NatNetworkResource network) => network.Group is not { } group ? "none needed"
        : group.Gateways.Count == 0 ? "none"
        : string.Join(' ', group.Gateways);

    /// <summary>There is no program behind it, so its source says what it is.</summary>
    private static string SourceOf(NatNetworkResource network) => network.Group is { } group
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"NAT group {network.NetworkId}, {Count(network)}, gateways: {GatewaysOf(network)}")
        : $"public network, {Count(network)}";

    private static string Count(NatNetworkResource network) =>
        network.Size == 1 ? "1 peer" : $"{network.Size} peers";
}
