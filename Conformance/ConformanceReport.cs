namespace Blockchain.Conformance;

/// <summary>What all tests of a node found, in the order of the rules.</summary>
/// <param name="Testee">Its command, for people.</param>
/// <param name="Form">"stdio", "tcp" or "running".</param>
public sealed record ConformanceReport(string Testee, string Form, ulong Seed, IReadOnlyList<RuleResult> Results)
{
    /// <summary>The worst that the tests of a rule found: broken before held before could not be told.</summary>
    public RuleVerdict VerdictOf(string rule)
    {
        var verdicts = Results.Where(result => result.Rule == rule).Select(result => result.Verdict).ToHashSet();
        return verdicts.Contains(RuleVerdict.Broken) ? RuleVerdict.Broken
            : verdicts.Contains(RuleVerdict.Held) ? RuleVerdict.Held
            : RuleVerdict.Unknown;
    }
}
