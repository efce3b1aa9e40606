namespace Blockchain.Conformance.Tests;

internal static class Reasons
{
    public static void AssertNothingIsBroken(ConformanceReport report) => Assert.True(
        report.Results.All(result => result.Verdict != RuleVerdict.Broken),
        string.Join('\n', report.Results.Where(result => result.Verdict == RuleVerdict.Broken).Select(Text)));

    public static IEnumerable<string> Broken(ConformanceReport report) => report.Results
        .Where(result => result.Verdict == RuleVerdict.Broken).Select(result => result.Rule).Distinct();

    private static string Text(RuleResult result) =>
        $"{result.Rule} {result.Test}: {result.Reason}\n"
        + string.Join('\n', result.Lines.TakeLast(20).Select(Conformance.Reports.VerdictText.Of));
}
