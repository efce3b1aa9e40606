using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Scenarios;

/// <summary>What one node told at the end of the run.</summary>
public sealed record PeerRecord(
    PeerPlan Plan,
    NodeStatus Status,
    IReadOnlyList<string> Chain,
    IReadOnlyList<Arrival> Arrivals,
    IReadOnlyList<string> Blacklist,
    IReadOnlyDictionary<string, int> Offences,
    IReadOnlyDictionary<string, KnownPeer> Peers,
    IReadOnlyDictionary<string, double?> Latency)
{
    public string Id => Plan.Id.Value;

    public bool IsHonest => !Plan.Malicious;

    public static async Task<PeerRecord> TakeAsync(INodeUnderTest node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var client = node.Client;
        return new PeerRecord(
            node.Plan,
            await client.StatusAsync(),
            [.. (await client.BlocksAsync()).Select(block => block.BlockId)],
            await client.ArrivalsAsync(),
            await client.BlacklistAsync(),
            await client.OffencesAsync(),
            (await client.PeersAsync()).ToDictionary(peer => peer.PeerId),
            await client.LatencyAsync());
    }
}
