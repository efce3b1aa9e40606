namespace Blockchain.NodeApi;

/// <summary>One sample of a metric, as Prometheus writes it.</summary>
/// <param name="Name">With underscores, unit and <c>_total</c>.</param>
public sealed record MetricLine(string Name, IReadOnlyDictionary<string, string> Labels, double Value);
