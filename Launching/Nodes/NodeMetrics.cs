using System.Globalization;
using Blockchain.NodeApi;
using Blockchain.Trials.Evidence;

namespace Blockchain.Launching.Nodes;

/// <summary>A node's page for Prometheus as the metrics that scenarios name.</summary>
internal static class NodeMetrics
{
    private const string Limit = "le";

    public static IReadOnlyList<MetricSample> Read(string page)
    {
        var lines = MetricLines.Read(page).ToLookup(line => line.Name);
        return [.. Metric.All.SelectMany(metric => Read(metric, lines))];
    }

    private static IEnumerable<MetricSample> Read(Metric metric, ILookup<string, MetricLine> lines)
    {
        var name = metric.Name.Replace('.', '_');
        return metric.Kind == MetricKind.Distribution
            ? Buckets(metric, lines[$"{name}_bucket"].Concat(lines[$"{name}_seconds_bucket"]))
            : Suffixes(metric.Kind).SelectMany(suffix => lines[name + suffix])
                .Select(line => new MetricSample(metric.Name, TagsOf(metric, line), line.Value));
    }

    // The exporter appends the unit, where it is none of those in braces, and to a counter "total".
    private static string[] Suffixes(MetricKind kind) =>
        kind == MetricKind.Counter ? ["_total", "_bytes_total"] : ["", "_per_second"];

    /// <summary>Each bucket counts all values up to its limit; a value is taken for the limit of its bucket.</summary>
    private static IEnumerable<MetricSample> Buckets(Metric metric, IEnumerable<MetricLine> lines)
    {
        var counts = lines
            .GroupBy(line => LimitOf(line), line => (long)line.Value)
            .Select(bucket => (Limit: bucket.Key, Count: bucket.Sum()))
            .OrderBy(bucket => bucket.Limit);
        long below = 0;
        foreach (var (limit, count) in counts)
        {
            if (count > below)
            {
                yield return new MetricSample(metric.Name, [], limit, count - below);
            }

            below = count;
        }
    }

    private static double LimitOf(MetricLine line) => line.Labels[Limit] == "+Inf"
        ? double.PositiveInfinity
        : double.Parse(line.Labels[Limit], CultureInfo.InvariantCulture);

    private static string[] TagsOf(Metric metric, MetricLine line) =>
        [.. metric.Tags.Select(tag => line.Labels.GetValueOrDefault(tag, ""))];
}
