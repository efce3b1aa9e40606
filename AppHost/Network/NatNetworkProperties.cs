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

    internal static CustomResourceSnapshot Initial(NatNetworkResource network) => new()
    {
        ResourceType = "Network",
        State = KnownResourceStates.NotStarted,
        Properties =
        [
            new(PeersUp, 0) { DisplayName = "Peers up" },
            new(PeersInAll, network.Peers.Count) { DisplayName = "Peers in all" },
            new(Gateways, GatewaysOf(network)) { DisplayName = "Gateways" },
            new(Connection, Connected) { DisplayName = "Connection" },
        ],
    };

    /// <summary>The state in the table of resources is the whole in a few words: "4 of 4 up, partitioned".</summary>
    internal static CustomResourceSnapshot With(this CustomResourceSnapshot snapshot, NatNetworkResource network, int up)
    {
        var text = $"{up} of {network.Peers.Count} up" + (network.IsCutOff ? $", {Partitioned}" : "");
        var style = network.IsCutOff || up < network.Peers.Count
            ? KnownResourceStateStyles.Warn
            : KnownResourceStateStyles.Success;
        return (snapshot with { State = new ResourceStateSnapshot(text, style) })
            .Set(PeersUp, "Peers up", up)
            .Set(PeersInAll, "Peers in all", network.Peers.Count)
            .Set(Connection, "Connection", network.IsCutOff ? Partitioned : Connected);
    }

    private static string GatewaysOf(NatNetworkResource network) => network.Group is not { } group ? "none needed"
        : group.Gateways.Count == 0 ? "none"
        : string.Join(' ', group.Gateways);
}
