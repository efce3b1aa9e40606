using Blockchain.Events;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>
/// How long blocks of honest peers take until so large a share of the chosen peers has them, the maker included. A
/// block that never got so far counts as slower than any that did.
/// </summary>
/// <param name="Share">0..1.</param>
/// <param name="Percentile">Over the blocks, 0..100.</param>
/// <param name="Bound">In seconds.</param>
public sealed record Reached(double Share, double Percentile, PeerChoice Of, Bound Bound) : Expectation
{
    public override Need Needs => Need.Blocks;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe() =>
        $"{PeerChoiceText.Percent(Share)} of {Text(Of)} to have a block (percentile {Bound.Text(Percentile)}) after "
        + $"{Bound} s{SinceText}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var chosen = file.Chosen(Of);
        var silent = chosen.Where(peer => file.Of(peer.Id) is null).Select(peer => peer.Id.Value).ToArray();
        if (silent.Length > 0)
        {
            return CaseFile.Conclude([], silent);
        }

        var times = Times(file, [.. chosen.Select(peer => file.Of(peer.Id)!)], chosen.Count);
        return Spread.Quantile<double>(times, Percentile / 100) switch
        {
            null => Judgement.CouldNotBeTold("no block was made"),
            { } time => Bound.Judge(
                time,
                text => $"{(double.IsFinite(time) ? $"it is {text} s" : "never")}, of {times.Length} blocks",
                isOfTime: true),
        };
    }

    private double[] Times(CaseFile file, PeerReading[] readings, int peers)
    {
        var from = file.TimeOf(Since);
        var honest = file.Honest;
        return
        [
            .. readings.SelectMany(reading => reading.Blocks.Values)
                .Where(block => block.Made >= from && honest.Contains(block.Maker))
                .GroupBy(block => block.Id, block => Math.Max(0, (block.Accepted - block.Made).TotalSeconds))
                .Select(block => Spread.Until<double>(block.Order().ToArray(), Share, peers)
                    ?? double.PositiveInfinity)
                .Order(),
        ];
    }
}
