using System.Text.RegularExpressions;
using Blockchain.Conformance.Rules;

namespace Blockchain.Conformance.Tests;

/// <summary>The book, the page of the wire and the page about conformance say the same.</summary>
public sealed partial class RuleBookTests
{
    [Fact]
    public void Rules_AreThoseOfThePage_WithoutGaps() => Assert.Equal(
        Enumerable.Range(1, 67).Select(number => $"W{number}"), RuleBook.All.Select(rule => rule.Id));

    [Fact]
    public void Sentences_AreWhole()
    {
        Assert.All(RuleBook.All, rule => Assert.Matches(@"^[A-Z`].*[.:)]$", rule.Sentence));
        Assert.Equal(
            "A peer MUST NOT announce a block whose ids it has not verified, except a block of its own.",
            RuleBook.All.Single(rule => rule.Id == "W31").Sentence);
        Assert.Contains("a list is longer", RuleBook.All.Single(rule => rule.Id == "W10").Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void EachRule_HasTestsOrAReasonWhyNot() =>
        Assert.All(RuleBook.All, rule => Assert.True(rule.Tests.Count > 0 != rule.WhyNot is not null, rule.Id));

    [Fact]
    public void EachTest_IsOfARuleOfThePage() => Assert.Subset(
        RuleBook.All.Select(rule => rule.Id).ToHashSet(),
        RuleTests.All.Select(rule => rule.Key).Concat(Untold.Reasons.Keys).ToHashSet());

    [Fact]
    public void Tests_HaveNamesOfTheirOwn_AndSayWhyTheyAreForOneFormOnly() => Assert.All(RuleBook.All, rule =>
    {
        Assert.Equal(rule.Tests.Count, rule.Tests.Select(test => test.Name).Distinct().Count());
        Assert.All(rule.Tests, test => Assert.Equal(test.Forms != Forms.Both, test.WhyNotBoth is not null));
    });

    [Fact]
    public void ThePageAboutConformance_HasEachRuleWithItsForms()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "conformance.md"));
        var rows = Row().Matches(page).Select(row => row.Value).ToList();
        Assert.Equal(RuleBook.All.Select(Row), rows);
    }

    private static string Row(Rule rule)
    {
        var forms = rule.Tests.Aggregate(Forms.None, (sum, test) => sum | test.Forms);
        var tests = rule.WhyNot ?? string.Join("; ", rule.Tests.Select(test => test.Name));
        var running = rule.Tests.Any(test => test.Forms.HasFlag(Forms.Tcp) && test.WhyNotRunning is null);
        return $"| {rule.Id} | {Mark(forms, Forms.Stdio)} | {Mark(forms, Forms.Tcp)} | {(running ? "yes" : "–")} | "
            + $"{tests} |";
    }

    private static string Mark(Forms forms, Forms one) => forms.HasFlag(one) ? "yes" : "–";

    [GeneratedRegex(@"^\| W\d+ \| .* \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
