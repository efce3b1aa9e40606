using System.Globalization;
using Blockchain.Experiments.Plots;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Launching.Guests.Sandboxing;

namespace Blockchain.Grading.Reports;

/// <summary>The pages: one for each student, one for the class.</summary>
internal static class GradePages
{
    public static ReportPage OfStudent(Grade grade, Sheet sheet, Sandbox sandbox)
    {
        var page = new ReportPage(grade.Submission.Name, sheet.About);
        if (grade.Missed.Count > 0)
        {
            page.Warning(
                "0 points in all, since this is mandatory and not all of it held: "
                + string.Join(", ", grade.Missed.Select(check => check.Name)) + ".");
        }

        page.Figures(
            ("points", $"{GradeText.Points(grade.Score)} of {GradeText.Points(grade.MaxScore)}"),
            ("checks that held whole", $"{grade.Results.Count(one => one.Result.IsWhole)} of {grade.Results.Count}"));
        foreach (var (check, result) in grade.Results)
        {
            AddCheck(page, check, result);
        }

        return AddProtections(page, sandbox);
    }

    public static ReportPage OfClass(IReadOnlyList<Grade> grades, Sheet sheet, Sandbox sandbox, string? league)
    {
        var page = new ReportPage("Grades", sheet.About);
        var whole = grades.Count(grade => grade.Score >= grade.MaxScore);
        page.Figures(
            ("submissions", grades.Count.ToString(CultureInfo.InvariantCulture)),
            ("full marks", whole.ToString(CultureInfo.InvariantCulture)),
            ("mean", grades.Count == 0 ? "" : GradeText.Points(grades.Average(grade => grade.Score))),
            ("points to have", GradeText.Points(sheet.MaxScore)));
        var faults = grades.Where(grade => grade.Results.Any(one => one.Result.IsOurFault)).ToArray();
        if (faults.Length > 0)
        {
            page.Warning(
                "The grader itself failed with: " + string.Join(", ", faults.Select(grade => grade.Submission.Name))
                + ". Their pages say how; the next run tries these again.");
        }

        page.Section("Students").Markup(ClassTable(grades, sheet));
        if (league is not null)
        {
            page.Markup(league);
        }

        return AddProtections(page, sandbox);
    }

    private static void AddCheck(ReportPage page, Check check, CheckResult result)
    {
        var marks = $"{(check.IsMandatory ? ", mandatory" : "")}";
        page.Section($"{check.Name}: {GradeText.Score(check, result)}{marks}")
            .Paragraph(GradeText.Counts(check, result) + ".");
        var reasons = GradeText.Reasons(check, result);
        if (reasons.Count > 0)
        {
            var rows = reasons.Select(one =>
                $"<tr><td class=\"runs\">{Escape(one.Runs)}</td><td class=\"{Class(one.Outcome)}\">"
                + $"{Escape(GradeText.Words(one.Outcome))}</td><td class=\"reason\">{Escape(one.Reason)}</td></tr>\n");
            page.Markup(
                "<div class=\"wide\"><table><thead><tr><th scope=\"col\">"
                + $"{(check is RuleCheck ? "rule" : "run")}</th>"
                + "<th scope=\"col\">verdict</th><th scope=\"col\">why</th></tr></thead>"
                + $"<tbody>\n{string.Concat(rows)}</tbody></table></div>");
        }

        if (result.Diagram is { } diagram)
        {
            page.Drawing(diagram, result.Caption);
        }
    }

    private static string ClassTable(IReadOnlyList<Grade> grades, Sheet sheet)
    {
        var head = string.Concat(sheet.Checks.Select(check =>
            $"<th class=\"number\" scope=\"col\">{Escape(check.Name)}<br>of {GradeText.Points(check.Weight)}</th>"));
        var rows = grades.OrderByDescending(grade => grade.Score)
            .ThenBy(grade => grade.Submission.Name, StringComparer.Ordinal).Select(Row);
        return "<div class=\"wide\"><table><thead><tr><th scope=\"col\">student</th>"
            + $"<th class=\"number\" scope=\"col\">points<br>of {GradeText.Points(sheet.MaxScore)}</th>{head}"
            + $"<th scope=\"col\">remarks</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div>";
    }

    private static string Row(Grade grade)
    {
        var name = grade.Submission.Name;
        var cells = grade.Results.Select(one =>
            $"<td class=\"number {(one.Result.IsWhole ? "held" : "broken")}\">"
            + $"{GradeText.Points(Grade.ScoreOf(one.Check, one.Result))}</td>");
        var remark = grade.Missed.Count > 0
            ? $"mandatory missed: {string.Join(", ", grade.Missed.Select(check => check.Name))}"
            : "";
        return $"<tr><td><a href=\"{Uri.EscapeDataString(FileNames.Of(name))}/index.html\">{Escape(name)}</a></td>"
            + $"<td class=\"number\"><b>{GradeText.Points(grade.Score)}</b></td>{string.Concat(cells)}"
            + $"<td>{Escape(remark)}</td></tr>\n";
    }

    private static ReportPage AddProtections(ReportPage page, Sandbox sandbox) => page
        .Section("How the programs were confined")
        .Paragraph($"By: {sandbox.Name}. Each protection was tried on this machine before the first program ran.")
        .Table(
            ["protection", "in force", "what it means"],
            [.. sandbox.Protections.Select(state => new[]
            {
                $"{state.Protection}".ToLowerInvariant(), state.IsInForce ? "yes" : "no", state.How,
            })]);

    private static string Class(Outcome outcome) => outcome switch
    {
        Outcome.Held => "held",
        Outcome.Broken => "broken",
        _ => "unknown",
    };

    private static string Escape(string text) => ReportPage.Escape(text);
}
