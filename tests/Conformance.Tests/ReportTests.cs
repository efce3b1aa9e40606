using System.Text.Json.Nodes;
using System.Xml.Linq;
using Blockchain.Conformance.Reports;

namespace Blockchain.Conformance.Tests;

public sealed class ReportTests
{
    private const string Hostile = "<script>alert(\"\u0001\")</script>";

    private static readonly ConformanceReport Report = new("node <b>", "stdio", 7, [
        new RuleResult("W1", "one", "First rule.", RuleVerdict.Held, "one.", []),
        new RuleResult("W1", "two", "First rule.", RuleVerdict.Broken, Hostile,
            [new ExchangedLine(TimeSpan.FromSeconds(1.5), IsFromTestee: true, "5001", Hostile)]),
        new RuleResult("W2", "three", "Second rule.", RuleVerdict.Unknown, "No occasion.", []),
        new RuleResult("W2", "four", "Second rule.", RuleVerdict.Held, "four.", []),
    ]);

    [Fact]
    public void Verdict_OfARule_IsTheWorstThatCouldBeTold()
    {
        Assert.Equal(RuleVerdict.Broken, Report.VerdictOf("W1"));
        Assert.Equal(RuleVerdict.Held, Report.VerdictOf("W2"));
        Assert.Equal("2 rules: 1 held, 1 broken, 0 could not be told", VerdictText.Summary(Report));
    }

    [Fact]
    public void Json_HasEveryLine()
    {
        var results = JsonNode.Parse(JsonReport.Write([Report]))![0]!["results"]!.AsArray();
        Assert.Equal(4, results.Count);
        Assert.Equal("broken", (string?)results[1]!["verdict"]);
        Assert.Equal(Hostile, (string?)results[1]!["lines"]![0]!["text"]);
    }

    [Fact]
    public void JUnit_CountsFailuresAndSkipped()
    {
        var suite = XDocument.Parse(JUnitReport.Write([Report])).Root!.Element("testsuite")!;
        Assert.Equal("4", (string?)suite.Attribute("tests"));
        Assert.Equal("1", (string?)suite.Attribute("failures"));
        Assert.Equal("1", (string?)suite.Attribute("skipped"));
        Assert.Equal(4, suite.Elements("testcase").Count());
        Assert.Contains("First rule.", suite.Descendants("failure").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_ShowsWhatANodeWrote_AsText()
    {
        var page = HtmlReport.Write([Report]);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }
}
