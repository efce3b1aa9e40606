using Blockchain.Launching;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.Experiments.Fidelity;

/// <summary>The figures of a network of processes.</summary>
internal static class RealSide
{
    private const string ReceivedMessages = "blockchain_messages_received_total";

    /// <exception cref="HttpRequestException">A node does not answer.</exception>
    public static async Task<NetworkFigures> MeasureAsync(
        LocalNetwork network, Schedule schedule, CancellationToken cancellation)
    {
        network.Start();
        await network.UntilUpAsync(cancellation);
        await Task.Delay(schedule.WarmUp, cancellation);
        var (from, before) = (Now(), await CountAsync(network, cancellation));
        await Task.Delay(schedule.Measure, cancellation);
        var (to, after) = (Now(), await CountAsync(network, cancellation));
        await Task.WhenAll(network.Nodes.Select(node => node.Client.TellAsync(new SetGenerating(false), cancellation)));
        await Task.Delay(schedule.Settle, cancellation);
        var honest = network.Nodes.Where(node => !node.Plan.Malicious).ToArray();
        var arrivals = await Task.WhenAll(honest.Select(node => node.Client.ArrivalsAsync(cancellation)));
        var blocks = BlockTimes.Of(arrivals, honest.Select(node => node.Id.Value).ToHashSet(), from, to);
        return new NetworkFigures(blocks, after.Since(before));
    }

    private static async Task<PeerCounts> CountAsync(LocalNetwork network, CancellationToken cancellation)
    {
        var counts = network.Nodes.Select(node => CountAsync(node.Client, cancellation));
        return PeerCounts.Sum(await Task.WhenAll(counts));
    }

    private static async Task<PeerCounts> CountAsync(NodeClient client, CancellationToken cancellation)
    {
        var metrics = client.MetricsAsync(cancellation);
        var redundant = client.RedundancyAsync(cancellation);
        var dropped = await client.DropsByReasonAsync(cancellation);
        return new PeerCounts(
            MetricLines.ByLabel(await metrics, ReceivedMessages, "type"),
            (await redundant).ByType,
            dropped.Values.SelectMany(type => type)
                .GroupBy(drop => drop.Key, drop => drop.Value)
                .ToDictionary(drop => drop.Key, drop => drop.Sum()));
    }

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
}
