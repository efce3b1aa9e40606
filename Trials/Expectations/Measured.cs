using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>
/// A metric against a number: of a counter the sum over the chosen peers, of a gauge that of each peer, of a
/// distribution a percentile of the values of all of them together.
/// </summary>
/// <param name="Tags">What its tags must be, by their names; those that are not named may be anything.</param>
/// <param name="Percentile">0..100, of a distribution.</param>
public sealed record Measured(
    Metric Metric, IReadOnlyDictionary<string, string> Tags, double Percentile, PeerChoice Of, Bound Bound)
    : Expectation
{
    public override Need Needs => Metric.Name == Metric.BlockPropagation ? Need.Blocks : Need.Metrics;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe()
    {
        var tags = Tags.Count == 0 ? "" : " of " + string.Join(' ', Tags.Select(tag => $"{tag.Key} {tag.Value}"));
        var share = Metric.Kind == MetricKind.Distribution ? $" (percentile {Bound.Text(Percentile)})" : "";
        return $"{Metric.Name}{tags}{share} of {Text(Of)} to be {Bound}{SinceText}";
    }

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var chosen = file.Chosen(Of);
        if (Metric.Kind == MetricKind.Gauge)
        {
            return file.Each(chosen, reading =>
            {
                var value = SamplesOf(file, reading).Sum(sample => sample.Value);
                return Bound.Contains(value) ? null : $"has {Bound.Text(value)}";
            });
        }

        var silent = chosen.Where(peer => file.Of(peer.Id) is null).Select(peer => peer.Id.Value).ToArray();
        if (silent.Length > 0 || chosen.Count == 0)
        {
            // A sum, or a percentile, of some of them says nothing of all.
            return CaseFile.Conclude([], silent.Length > 0 ? silent : ["anybody"]);
        }

        return Judge(file, chosen);
    }

    private Judgement Judge(CaseFile file, IReadOnlyList<PeerPlan> chosen)
    {
        var values = chosen.SelectMany(peer => SamplesOf(file, file.Of(peer.Id)!)).OrderBy(one => one.Value).ToArray();
        var value = Metric.Kind == MetricKind.Counter ? values.Sum(one => one.Value) : QuantileOf(values);
        return value switch
        {
            null => Judgement.CouldNotBeTold("nothing was measured"),
            { } number => Bound.Judge(number, text => $"it is {text}", Metric.IsOfTimes),
        };
    }

    private double? QuantileOf(MetricSample[] ascending)
    {
        var needed = Math.Max(1, (long)Math.Ceiling(Percentile / 100 * ascending.Sum(one => one.Count)));
        foreach (var sample in ascending)
        {
            needed -= sample.Count;
            if (needed <= 0)
            {
                return sample.Value;
            }
        }

        return null;
    }

    private IEnumerable<MetricSample> SamplesOf(CaseFile file, PeerReading reading)
    {
        if (Metric.Name == Metric.BlockPropagation)
        {
            var from = file.TimeOf(Since);
            return reading.Blocks.Values
                .Where(block => block.Made >= from && block.Maker != reading.Id)
                .Select(block => new MetricSample(
                    Metric.Name, [], Math.Max(0, (block.Accepted - block.Made).TotalSeconds)));
        }

        var now = reading.Metrics.Where(IsMeant);
        if (Metric.Kind != MetricKind.Counter || file.MetricsAt(Since, reading.Id) is not { } then)
        {
            return now;
        }

        // A process that started meanwhile counts from nothing again.
        var (after, before) = (now.Sum(sample => sample.Value), then.Metrics.Where(IsMeant).Sum(one => one.Value));
        return [new MetricSample(Metric.Name, [], after >= before ? after - before : after)];
    }

    private bool IsMeant(MetricSample sample) => sample.Name == Metric.Name
        && Metric.Tags.Zip(sample.Tags).All(tag => !Tags.TryGetValue(tag.First, out var meant) || meant == tag.Second);
}
