using Blockchain.Events;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>How many copies of gossip the chosen peers receive for each useful one, all together.</summary>
public sealed record CopiesReceived(PeerChoice Of, Bound Bound) : Expectation
{
    public override Need Needs => Need.Metrics;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe() => $"{Bound} copies for each useful message at {Text(Of)}{SinceText}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var chosen = file.Chosen(Of);
        var silent = chosen.Where(peer => file.Of(peer.Id) is null).Select(peer => peer.Id.Value).ToArray();
        if (silent.Length > 0)
        {
            return CaseFile.Conclude([], silent);
        }

        var copies = Redundancy.CopiesPerUseful(
            chosen.Sum(peer => Count(file, file.Of(peer.Id)!, Metric.Received)),
            chosen.Sum(peer => Count(file, file.Of(peer.Id)!, Metric.Redundant)));
        return copies switch
        {
            null => Judgement.CouldNotBeTold("nothing useful was received"),
            { } number => Bound.Judge(number, text => $"it is {text}"),
        };
    }

    private long Count(CaseFile file, PeerReading reading, string metric) =>
        Sum(reading, metric) - (file.MetricsAt(Since, reading.Id) is { } before ? Sum(before, metric) : 0);

    private static long Sum(PeerReading reading, string metric) => (long)reading.Metrics
        .Where(sample => sample.Name == metric
            && Redundancy.Types.Any(type => type.Name() == sample.Tags[0]))
        .Sum(sample => sample.Value);
}
