using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;
using Blockchain.Trials.Reports;

namespace Blockchain.Grading.Reports;

/// <summary>All grades as a table for other programs: CSV, and the XML that test reporters read.</summary>
internal static class ClassFiles
{
    public static string Csv(IReadOnlyList<Grade> grades, Sheet sheet) => Experiments.Csv.Text(
        grades.Select(grade => (IEnumerable<string>)
        [
            grade.Submission.Name,
            Number(grade.Score),
            Number(grade.MaxScore),
            string.Join("; ", grade.Missed.Select(check => check.Name)),
            .. grade.Results.Select(one => Number(Grade.ScoreOf(one.Check, one.Result))),
        ]).Prepend(["student", "score", "max_score", "missed", .. sheet.Checks.Select(check => check.Name)]));

    /// <summary>A suite for each student, a case for each check.</summary>
    public static string JUnit(IReadOnlyList<Grade> grades) => Trials.Reports.JUnit.Write(grades.Select(grade =>
        new JUnitSuite(grade.Submission.Name, [.. grade.Results.Select(one => Case(grade, one.Check, one.Result))])));

    private static JUnitCase Case(Grade grade, Check check, CheckResult result)
    {
        var one = new JUnitCase(grade.Submission.Name, check.Name, Took: TimeSpan.FromSeconds(result.Seconds));
        return result.IsWhole ? one : one with
        {
            Outcome = IsFailure(result) ? JUnitOutcome.Failure : JUnitOutcome.Error,
            Message = GradeText.Counts(check, result),
            Text = GradeText.Output(check, result),
        };
    }

    private static bool IsFailure(CheckResult result) => result.Runs.Any(run => run.Outcome == Outcome.Broken);

    private static string Number(double number) => Experiments.Csv.Number(number);
}
