using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>The chain of each chosen peer has so many blocks.</summary>
public sealed record Height(PeerChoice Of, Bound Bound) : Expectation
{
    public override Need Needs => Need.Status;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe() => $"a height of {Bound} of {Text(Of)}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Each(
            file.Chosen(Of),
            reading => Bound.Contains(reading.Height) ? null : $"has height {reading.Height}");
    }
}
