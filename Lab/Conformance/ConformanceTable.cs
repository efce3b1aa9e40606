using Blockchain.Conformance;
using Blockchain.Conformance.Reports;
using Blockchain.Conformance.Rules;
using Blockchain.Lab.Display;
using Spectre.Console;

namespace Blockchain.Lab.Conformance;

/// <summary>What a test of a node found, for people at a terminal.</summary>
internal static class ConformanceTable
{
    /// <summary>Of the lines of a broken rule, those at the end, where it broke.</summary>
    private const int LinesShown = 12;

    /// <summary>A node that does not even start fails all of them.</summary>
    private const int MostShown = 10;
    private const int LongestLine = 300;

    public static void Show(IAnsiConsole console, IReadOnlyList<ConformanceReport> reports)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("rule");
        foreach (var report in reports)
        {
            table.AddColumn(report.Form);
        }

        table.AddColumn("what was tried, or why it is not held");
        foreach (var rule in reports[0].Results.Select(result => result.Rule).Distinct())
        {
            table.AddRow([
                new Markup(rule),
                .. reports.Select(report => new Markup(Mark(report.VerdictOf(rule)))),
                new Markup(Markup.Escape(What(reports, rule))),
            ]);
        }

        console.Write(table);
        var broken = reports.SelectMany(report => report.Results
            .Where(result => result.Verdict == RuleVerdict.Broken).Select(result => (report, result))).ToList();
        foreach (var (report, result) in broken.Take(MostShown))
        {
            Show(console, report, result);
        }

        if (broken.Count > MostShown)
        {
            console.WriteLine();
            console.WriteLine($"{broken.Count - MostShown} more failed tests; --html and --json have all of them.");
        }

        foreach (var report in reports)
        {
            console.WriteLine($"{report.Form}: {VerdictText.Summary(report)}");
        }
    }

    /// <summary>All rules and tests.</summary>
    public static void List(IAnsiConsole console, IReadOnlySet<string>? rules)
    {
        PlainOutput.KeepLinesWhole(console);
        foreach (var rule in RuleBook.All.Where(rule => rules?.Contains(rule.Id) != false))
        {
            console.MarkupLineInterpolated($"[bold]{rule.Id}[/] {rule.Sentence}");
            foreach (var test in rule.Tests)
            {
                var where = test.Forms == Forms.Both ? "" : $" [[{Name(test.Forms)} only]]";
                console.MarkupLine($"  · {Markup.Escape(test.Name)}[grey]{where}[/]");
            }

            if (rule.WhyNot is { } reason)
            {
                console.MarkupLineInterpolated($"  [grey]not tested: {reason}[/]");
            }
        }

        console.WriteLine(
            $"{RuleBook.All.Count} rules, {RuleBook.All.Sum(rule => rule.Tests.Count)} tests; "
            + $"{RuleBook.All.Count(rule => rule.Tests.Count == 0)} of the rules cannot be tested from outside");
    }

    private static string Name(Forms form) => form == Forms.Tcp ? "TCP" : "stdio";

    private static void Show(IAnsiConsole console, ConformanceReport report, RuleResult broken)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[red bold]{broken.Rule} broken[/] ({report.Form}): {broken.Reason}");
        console.MarkupLineInterpolated($"  test: {broken.Test}");
        console.MarkupLineInterpolated($"  rule: {broken.Sentence}");
        foreach (var line in broken.Lines.TakeLast(LinesShown))
        {
            var text = VerdictText.Of(line);
            console.MarkupLineInterpolated(
                $"  [grey]{(text.Length > LongestLine ? text[..LongestLine] + " …" : text)}[/]");
        }
    }

    /// <summary>The reason of the worst verdict; where all is held, what was tried.</summary>
    private static string What(IReadOnlyList<ConformanceReport> reports, string rule)
    {
        var results = reports.SelectMany(report => report.Results).Where(result => result.Rule == rule).ToList();
        var wrong = results.Find(result => result.Verdict == RuleVerdict.Broken)
            ?? (reports.All(report => report.VerdictOf(rule) == RuleVerdict.Held)
                ? null
                : results.Find(result => result.Verdict == RuleVerdict.Unknown));
        return wrong?.Reason ?? string.Join("; ", results.Select(result => result.Test).Distinct());
    }

    private static string Mark(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Held => "[green]held[/]",
        RuleVerdict.Broken => "[red bold]broken[/]",
        _ => "[grey]not told[/]",
    };
}
