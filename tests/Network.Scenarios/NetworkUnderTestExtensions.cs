using System.Globalization;
using System.Text;
using Blockchain.NodeApi;

namespace Blockchain.Network.Scenarios;

public static class NetworkUnderTestExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static INodeUnderTest Node(this INetworkUnderTest network, string id)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Nodes.First(node => node.Plan.Id.Value == id);
    }

    public static IEnumerable<INodeUnderTest> Honest(this INetworkUnderTest network)
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
    public static Task<NodeStatus?> StatusAsync(this INodeUnderTest node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Client.TryAsync((client, token) => client.StatusAsync(token), Patience);
    }

    /// <summary>Whether these peers answer, all with the same tip.</summary>
    public static async Task<bool> HaveSameTipAsync(this IEnumerable<INodeUnderTest> nodes)
    {
        var statuses = await Task.WhenAll(nodes.Select(StatusAsync));
        return statuses.All(status => status is not null) && statuses.DistinctBy(status => status!.Tip).Count() == 1;
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
                text.Append("    ").AppendLine(line);
        }

        return text.ToString();
    }
}
