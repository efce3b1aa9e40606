using Blockchain.Conformance.Rules;

namespace Blockchain.Conformance;

/// <summary>All rules of every network, W1 to W67, with what is tried for each.</summary>
public static class RuleBook
{
    public static IReadOnlyList<Rule> All { get; } = Build();

    private static Rule[] Build() =>
    [
        .. RulePage.Read(RulePage.Load()).Select(rule => new Rule(rule.Id, rule.Sentence)
        {
            Tests = [.. RuleTests.All[rule.Id]],
            WhyNot = RuleTests.All.Contains(rule.Id) ? null : Untold.Reasons.GetValueOrDefault(rule.Id),
        }),
    ];
}
