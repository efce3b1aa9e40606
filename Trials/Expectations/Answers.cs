using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>Each chosen peer answers. Who does not leaves it open: it may be down, or only slow.</summary>
public sealed record Answers(PeerChoice Of) : Expectation
{
    public override Need Needs => Need.Status;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe() => $"an answer of {Text(Of)}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Each(file.Chosen(Of), _ => null);
    }
}
