namespace Blockchain.Conformance.Rules;

/// <summary>All tests, by rule.</summary>
internal static class RuleTests
{
    public static ILookup<string, RuleTest> All { get; } = new[]
    {
        ConnectionRules.Tests, JsonRules.Tests, IdRules.Tests, DuplicateRules.Tests, IdentityRules.Tests,
            PingRules.Tests,
        BlockRules.Tests, HeaderRules.Tests, RelayRules.Tests, PeersRules.Tests, TraceRules.Tests, ValidityRules.Tests,
        LightRules.Tests, SpreadRules.Tests, PatienceRules.Tests,
    }.SelectMany(tests => tests).ToLookup(one => one.Rule, one => one.Test);
}
