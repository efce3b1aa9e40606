using Blockchain.Launching.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Scenarios;

/// <summary>What one node told at the end of the run.</summary>
public sealed record PeerRecord(
    PeerPlan Plan, IReadOnlyList<string> Blacklist, IReadOnlyDictionary<string, int> Offences)
{
    public string Id => Plan.Id.Value;

    public bool IsHonest => !Plan.Malicious;

    public static async Task<PeerRecord> TakeAsync(ITrialNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var (blacklist, offences) = await BlameAsync(node.Client);
        return new PeerRecord(node.Plan, blacklist, offences);
    }

    /// <summary>Both as of one moment: until between the offences before and after nobody offended.</summary>
    private static async Task<(string[] Blacklist, Dictionary<string, int> Offences)> BlameAsync(NodeClient client)
    {
        var offences = await client.OffencesAsync();
        while (true)
        {
            var blacklist = await client.BlacklistAsync();
            var after = await client.OffencesAsync();
            if (after.OrderBy(peer => peer.Key).SequenceEqual(offences.OrderBy(peer => peer.Key)))
            {
                return (blacklist, offences);
            }

            offences = after;
        }
    }
}
