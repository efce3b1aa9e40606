using System.Globalization;
using System.Net;
using System.Text;

namespace Blockchain.Conformance.Reports;

/// <summary>One page that needs nothing else: every rule with its verdict, its tests, reasons and lines.</summary>
public static class HtmlReport
{
    private const int MostLines = 200;

    private const string Style = """
        :root { color-scheme: light dark; --line: #8884; --held: #1a7f37; --broken: #cf222e; --unknown: #777; }
        @media (prefers-color-scheme: dark) { :root { --held: #56d364; --broken: #ff7b72; --unknown: #999; } }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.4rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        code, pre { font: 13px/1.5 ui-monospace, monospace; }
        pre { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: .6rem; margin: .5rem 0; }
        details { border-top: 1px solid var(--line); padding: .35rem 0; } summary { cursor: pointer; }
        details details { border: 0; padding: .15rem 0 .15rem 1rem; }
        .rule { display: inline-block; min-width: 3.2rem; font-weight: 600; } .quiet { opacity: .75; }
        .held, .broken, .unknown { font-weight: 600; } .held { color: var(--held); } .broken { color: var(--broken); }
        .unknown { color: var(--unknown); } q { quotes: none; display: block; margin: .3rem 0 .3rem 1rem; }
        """;

    public static string Write(IReadOnlyList<ConformanceReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var page = new StringBuilder($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Conformance</title><style>{Style}</style></head><body>
            <h1>Does this node keep the rules of the wire?</h1>

            """);
        foreach (var report in reports)
        {
            Write(page, report);
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Write(StringBuilder page, ConformanceReport report)
    {
        var form = report.Form switch
        {
            "tcp" => "Over TCP, in real time",
            "running" => "Over TCP, while it ran",
            _ => "Over standard input and output, in virtual time",
        };
        page.Append(CultureInfo.InvariantCulture, $"""
            <h2>{form}</h2>
            <p><code>{Safe(report.Testee)}</code><br>{Safe(VerdictText.Summary(report))}; seed {report.Seed}</p>

            """);
        foreach (var rule in report.Results.GroupBy(result => result.Rule))
        {
            var verdict = report.VerdictOf(rule.Key);
            page.Append(CultureInfo.InvariantCulture, $"""
                <details{(verdict == RuleVerdict.Broken ? " open" : "")}><summary><span class="rule">{rule.Key}</span>
                {Mark(verdict)} <span class="quiet">{Safe(Title([.. rule], verdict))}</span></summary>
                <q>{Safe(rule.First().Sentence)}</q>

                """);
            foreach (var result in rule.Where(result => result.Test.Length > 0))
            {
                Write(page, result);
            }

            page.Append("</details>\n");
        }
    }

    private static void Write(StringBuilder page, RuleResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"""
            <details{(result.Verdict == RuleVerdict.Broken ? " open" : "")}><summary>
            {Safe(result.Test)}: {Mark(result.Verdict)}
            {(result.Verdict == RuleVerdict.Held ? "" : Safe(result.Reason))}</summary>

            """);
        if (result.Lines.Count > 0)
        {
            var left = result.Lines.Count - MostLines;
            var lines = result.Lines.Skip(Math.Max(0, left)).Select(line => Safe(VerdictText.Of(line)));
            page.Append("<pre>").Append(left > 0 ? $"({left} lines before these)\n" : "").AppendJoin('\n', lines)
                .Append("</pre>\n");
        }

        page.Append("</details>\n");
    }

    private static string Title(IReadOnlyList<RuleResult> results, RuleVerdict verdict) =>
        verdict == RuleVerdict.Held
            ? string.Join("; ", results.Select(result => result.Test))
            : results.First(result => result.Verdict == verdict).Reason;

    private static string Mark(RuleVerdict verdict) =>
        $"<span class=\"{verdict.ToString().ToLowerInvariant()}\">{VerdictText.Of(verdict)}</span>";

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
