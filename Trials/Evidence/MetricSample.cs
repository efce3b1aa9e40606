namespace Blockchain.Trials.Evidence;

/// <summary>One number of a metric, or one value of its distribution.</summary>
/// <param name="Name">As docs/telemetry.md has it.</param>
/// <param name="Count">How many values of a distribution are no more than this one and more than the one
/// before.</param>
/// <param name="Tags">Values of its tags, in the order of <see cref="Metric.Tags"/>.</param>
public sealed record MetricSample(string Name, IReadOnlyList<string> Tags, double Value, long Count = 1);
