namespace Blockchain.Conformance.Rules;

/// <summary>All tests, by rule.</summary>
internal static class RuleTests
{
    public static ILookup<string, RuleTest> All { get; } = new IEnumerable<(string Rule, RuleTest Test)>[]
    {
        PingRules.Tests,
    }.SelectMany(tests => tests).ToLookup(one => one.Rule, one => one.Test);
}
