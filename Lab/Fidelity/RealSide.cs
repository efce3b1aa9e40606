using Blockchain.Lab.Network;
using Blockchain.NodeApi;

namespace Blockchain.Lab.Fidelity;

/// <summary>The figures of a network of processes.</summary>
internal static class RealSide
{
    private const string ReceivedMessages = "blockchain_messages_received_total";

    /// <exception cref="HttpRequestException">A node does not answer.</exception>
    public static async Task<NetworkFigures> MeasureAsync(
        LocalNetwork network, Schedule schedule, CancellationToken cancellation)
    {
        network.Start();
        await network.UntilUpAsync(cancellation).ConfigureAwait(false);
        await Task.Delay(schedule.WarmUp, cancellation).ConfigureAwait(false);
        var (from, before) = (Now(), await CountAsync(network, cancellation).ConfigureAwait(false));
        await Task.Delay(schedule.Measure, cancellation).ConfigureAwait(false);
        var (to, after) = (Now(), await CountAsync(network, cancellation).ConfigureAwait(false));
        await Task.WhenAll(network.Nodes.Select(node => node.Client.SetGenerationAsync(false, cancellation)))
            .ConfigureAwait(false);
        await Task.Delay(schedule.Settle, cancellation).ConfigureAwait(false);
        var honest = network.Nodes.Where(node => !node.Plan.Malicious).ToArray();
        var arrivals = await Task.WhenAll(honest.Select(node => node.Client.ArrivalsAsync(cancellation)))
            .ConfigureAwait(false);
        var blocks = BlockTimes.Of(arrivals, honest.Select(node => node.Id.Value).ToHashSet(), from, to);
        return new NetworkFigures(blocks, after.Since(before));
    }

    private static async Task<PeerCounts> CountAsync(LocalNetwork network, CancellationToken cancellation)
    {
        var counts = network.Nodes.Select(node => CountAsync(node.Client, cancellation));
        return PeerCounts.Sum(await Task.WhenAll(counts).ConfigureAwait(false));
    }

    private static async Task<PeerCounts> CountAsync(NodeClient client, CancellationToken cancellation)
    {
        var metrics = client.MetricsAsync(cancellation);
        var redundant = client.RedundancyAsync(cancellation);
        var dropped = await client.DropsByReasonAsync(cancellation).ConfigureAwait(false);
        return new PeerCounts(
            MetricLines.ByLabel(await metrics.ConfigureAwait(false), ReceivedMessages, "type"),
            (await redundant.ConfigureAwait(false)).ByType,
            dropped.Values.SelectMany(type => type)
                .GroupBy(drop => drop.Key, drop => drop.Value)
                .ToDictionary(drop => drop.Key, drop => drop.Sum()));
    }

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
}
