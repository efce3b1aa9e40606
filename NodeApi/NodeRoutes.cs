namespace Blockchain.NodeApi;

/// <summary>
/// Where a node tells of itself, below its address; docs/http-api.md has the shapes. See <see cref="EventStream"/> too.
/// </summary>
public static class NodeRoutes
{
    public const string Status = "/status";
    public const string Transactions = "/transactions";
    public const string Blocks = "/blocks";
    public const string Orphans = "/orphans";
    public const string Arrivals = "/arrivals";
    public const string Peers = "/peers";
    public const string Latency = "/latency";
    public const string Blacklist = "/blacklist";
    public const string Offences = "/offences";
    public const string KnownPeers = "/known_peers";
    public const string PeerFlags = "/peer_flags";
    public const string PeerConfig = "/peer_config";
    public const string Reachable = "/reachable";
    public const string Capacity = "/capacity";
    public const string Queue = "/queue";
    public const string Redundancy = "/redundancy";
    public const string Drops = "/drop_stats";
    public const string DropsByReason = $"{Drops}?by=reason";
}
