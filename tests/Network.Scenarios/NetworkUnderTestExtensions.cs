using System.Globalization;
using System.Text;
using Blockchain.Launching.Nodes;
using Blockchain.NodeApi;

namespace Blockchain.Network.Scenarios;

public static class NetworkUnderTestExtensions
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(5);

    public static ITrialNode Node(this INetworkUnderTest network, string id)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Nodes.First(node => node.Plan.Id.Value == id);
    }

    public static IEnumerable<ITrialNode> Honest(this INetworkUnderTest network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Nodes.Where(node => !node.Plan.Malicious);
    }

    public static Task ForEachAsync(this INetworkUnderTest network, Func<NodeClient, Task> action)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Task.WhenAll(network.Nodes.Where(node => node.IsRunning).Select(node => action(node.Client)));
    }

    /// <summary>Null while it does not answer.</summary>
    public static Task<NodeStatus?> StatusAsync(this ITrialNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Client.TryAsync((client, token) => client.StatusAsync(token), AnswerDeadline);
    }

    /// <summary>Whether these peers answer, all with the same tip.</summary>
    public static async Task<bool> HaveSameTipAsync(this IEnumerable<ITrialNode> nodes)
    {
        var statuses = await Task.WhenAll(nodes.Select(StatusAsync));
        return statuses.All(status => status is not null) && statuses.DistinctBy(status => status!.Tip).Count() == 1;
    }

    /// <summary>Whether each of these peers answers and finds all others of them alive.</summary>
    public static async Task<bool> HearEachOtherAsync(this IEnumerable<ITrialNode> nodes)
    {
        var ids = nodes.Select(node => node.Plan.Id.Value).ToHashSet();
        var tables = await Task.WhenAll(nodes.Select(
            node => node.Client.TryAsync((client, token) => client.PeersAsync(token), AnswerDeadline)));
        return tables.All(table =>
            table?.Count(peer => peer.Status == "ALIVE" && ids.Contains(peer.PeerId)) == ids.Count - 1);
    }

    /// <summary>
    /// What changes while a network is on its way somewhere, and not just because it runs: to be seen from outside, see
    /// <see cref="Eventually"/>.
    /// </summary>
    public static async Task<string> SightAsync(this IEnumerable<ITrialNode> nodes)
    {
        var sights = await Task.WhenAll(nodes.Select(async node =>
            $"{node.Plan.Id} {node.IsRunning} {await node.StatusAsync() switch
            {
                { } status => status with { Uptime = 0, Sent = 0, Received = 0, Pool = 0 },
                null => null,
            }}"));
        return string.Join('\n', sights);
    }

    /// <summary>The state of each node, for the message of a test that fails.</summary>
    public static async Task<string> DescribeAsync(this INetworkUnderTest network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder();
        var statuses = await Task.WhenAll(network.Nodes.Select(StatusAsync));
        foreach (var (node, status) in network.Nodes.Zip(statuses))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {node.Plan.Id} {(node.IsRunning ? "runs" : "does not run")}");
            if (status is not null)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $" height {status.Height} tip {status.Tip?[..8]} pool {status.Pool}"
                    + $" orphans {status.Orphans} alive {status.PeersAlive}/{status.PeersKnown} banned {status.Banned}"
                    + $" sent {status.Sent} received {status.Received} generating {status.Generating}");
            }

            text.AppendLine();
            foreach (var line in node.LastWords)
            {
                text.Append("    ").AppendLine(line);
            }
        }

        return text.ToString();
    }
}
