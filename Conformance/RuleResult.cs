namespace Blockchain.Conformance;

/// <summary>What one test of a rule found.</summary>
/// <param name="Rule">Its number, such as "W26".</param>
/// <param name="Test">What the test looks at, in a few words; empty for a rule without one.</param>
/// <param name="Sentence">The rule itself.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Lines">What was exchanged, in order.</param>
public sealed record RuleResult(
    string Rule,
    string Test,
    string Sentence,
    RuleVerdict Verdict,
    string Reason,
    IReadOnlyList<ExchangedLine> Lines);
