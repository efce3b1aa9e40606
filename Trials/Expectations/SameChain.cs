using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>The chosen peers have the same chain.</summary>
public sealed record SameChain(PeerChoice Of) : Expectation
{
    public override Need Needs => Need.Status;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe() => $"the same chain of {Text(Of)}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var chosen = file.Chosen(Of);
        var tips = chosen.Select(peer => file.Of(peer.Id)).OfType<PeerReading>()
            .GroupBy(reading => reading.Tip)
            .OrderByDescending(tip => tip.Count())
            .ToArray();
        var bad = tips.Length < 2 ? [] : (string[])[string.Join(", ", tips.Select(tip =>
            $"{string.Join(' ', tip.Select(reading => reading.Id))} {(tip.Key is { } id
                ? $"end in {id.ToString()[..8]} at height {tip.First().Height}" : "have no block")}"))];
        var judgement = file.Each(chosen, _ => null);
        return bad.Length == 0 ? judgement : CaseFile.Conclude(
            bad, [.. chosen.Where(peer => file.Of(peer.Id) is null).Select(peer => peer.Id.Value)]);
    }
}
