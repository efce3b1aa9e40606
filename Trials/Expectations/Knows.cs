using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>Each chosen peer knows all of some others, or has heard from them lately.</summary>
/// <param name="Hears">The others must answer, too.</param>
public sealed record Knows(PeerChoice Others, PeerChoice Of, bool Hears) : Expectation
{
    public override Need Needs => Need.Neighbours;

    public override IEnumerable<PeerChoice> About => [Of];

    public override IEnumerable<PeerChoice> Named => [Of, Others];

    public override string Describe() => $"{Text(Of)} to {(Hears ? "hear" : "know")} {Text(Others)}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var others = file.Chosen(Others).Select(peer => peer.Id).ToArray();
        return file.Each(file.Chosen(Of), reading =>
        {
            var missing = others.Where(id => id != reading.Id
                && !(reading.Known.TryGetValue(id, out var answers) && (answers || !Hears))).ToArray();
            return missing.Length == 0
                ? null
                : $"does not {(Hears ? "hear" : "know")} {string.Join(' ', missing)}";
        });
    }
}
