using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching;

/// <summary>A running network in one line.</summary>
/// <param name="Planned">Peers that are to run.</param>
/// <param name="Up">Those of them that answer, and programs of others that listen.</param>
/// <param name="MinHeight">Blocks in the shortest chain of an honest peer.</param>
/// <param name="MaxHeight">Blocks in the longest.</param>
/// <param name="Tips">How many different chains the honest peers have.</param>
/// <param name="OnCommonestTip">How many honest peers have the chain that most of them have.</param>
/// <param name="Honest">Honest peers that answer.</param>
/// <param name="Pooled">Transactions in the fullest pool.</param>
/// <param name="Sent">Messages sent by all since their start.</param>
/// <param name="Dropped">Messages dropped by all since their start.</param>
public sealed record NetworkSnapshot(
    int Planned,
    int Up,
    int MinHeight,
    int MaxHeight,
    int Tips,
    int OnCommonestTip,
    int Honest,
    int Pooled,
    long Sent,
    long Dropped)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Asks all nodes of ours at the same time; those that do not answer soon count as not up. Programs of others have
    /// no page that could be asked.
    /// </summary>
    public static async Task<NetworkSnapshot> TakeAsync(LocalNetwork network, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        var planned = network.Nodes.Where(node => node.State != NodeState.Idle).ToArray();
        var up = planned.Where(node => node.State == NodeState.Up).ToLookup(node => node.Plan.Program is null);
        var answers = await Task.WhenAll(up[true].Select(Ask));
        var snapshot = From(planned.Length, answers);
        return snapshot with { Up = snapshot.Up + up[false].Count() };

        async Task<(PeerPlan, NodeStatus?, long)> Ask(LocalNode node)
        {
            var status = node.Client.TryAsync((client, token) => client.StatusAsync(token), Patience, cancellation);
            var drops = await node.Client
                .TryAsync((client, token) => client.DropsAsync(token), Patience, cancellation);
            return (node.Plan, await status, drops?.Values.Sum() ?? 0);
        }
    }

    internal static NetworkSnapshot From(
        int planned, IReadOnlyCollection<(PeerPlan Peer, NodeStatus? Status, long Dropped)> answers)
    {
        var up = answers.Where(answer => answer.Status is not null).ToArray();
        var honest = up.Where(answer => !answer.Peer.Malicious).Select(answer => answer.Status!).ToArray();
        var tips = honest.CountBy(status => status.Tip ?? "").ToArray();
        return new NetworkSnapshot(
            planned,
            up.Length,
            honest.Select(status => status.Height).DefaultIfEmpty().Min(),
            honest.Select(status => status.Height).DefaultIfEmpty().Max(),
            tips.Length,
            tips.Select(tip => tip.Value).DefaultIfEmpty().Max(),
            honest.Length,
            up.Select(answer => answer.Status!.Pool).DefaultIfEmpty().Max(),
            up.Sum(answer => answer.Status!.Sent),
            up.Sum(answer => answer.Dropped));
    }
}
