using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>The arguments of an expectation as they were read, before it is known whether they fit.</summary>
internal sealed class ExpectationDraft
{
    /// <summary>What stands beside its name.</summary>
    public string Subject { get; set; } = "";

    public PeerChoice? Of { get; set; }

    public PeerChoice? By { get; set; }

    public double? AtLeast { get; set; }

    public double? AtMost { get; set; }

    public double? Percentile { get; set; }

    public Since? Since { get; set; }

    public Dictionary<string, string> With { get; } = new(StringComparer.Ordinal);

    /// <summary>Tags of a metric.</summary>
    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public Bound Bound => (AtLeast, AtMost) switch
    {
        (null, null) => throw new FormatException("a number is missing: \"atLeast\", \"atMost\" or both."),
        ({ } least, { } most) when least > most => throw new FormatException("\"atLeast\" is more than \"atMost\"."),
        _ => new Bound(AtLeast, AtMost),
    };
}
