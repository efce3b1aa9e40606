using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>
/// Something that must be true of a network. <see cref="ExpectationKind"/> has its form in a scenario.
/// </summary>
public abstract record Expectation
{
    /// <summary>What has to be asked of the peers.</summary>
    public abstract Need Needs { get; }

    /// <summary>Who is asked.</summary>
    public abstract IEnumerable<PeerChoice> About { get; }

    /// <summary>All peers that it names, asked or not.</summary>
    public virtual IEnumerable<PeerChoice> Named => About;

    /// <summary>From when on something counts; null: from the start.</summary>
    public Since? Since { get; init; }

    /// <summary>As the object of "expect", for people: "the same chain of honest".</summary>
    public abstract string Describe();

    public abstract Judgement Judge(CaseFile file);

    /// <summary>Some peers as people write them.</summary>
    protected static string Text(PeerChoice choice) => PeerChoiceText.Format(choice);

    protected string SinceText => Since?.ToString() ?? "";
}
