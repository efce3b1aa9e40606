using System.Globalization;
using System.Text;
using System.Xml;
using Blockchain.Grading.Running;
using Blockchain.Grading.Sheets;

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
    public static string JUnit(IReadOnlyList<Grade> grades)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var grade in grades)
            {
                Write(xml, grade);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, Grade grade)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(grade.Submission.Name));
        xml.WriteAttributeString("tests", Text(grade.Results.Count));
        xml.WriteAttributeString("failures", Text(grade.Results.Count(one => IsFailure(one.Result))));
        xml.WriteAttributeString(
            "errors", Text(grade.Results.Count(one => !one.Result.IsWhole && !IsFailure(one.Result))));
        foreach (var (check, result) in grade.Results)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean(grade.Submission.Name));
            xml.WriteAttributeString("name", Clean(check.Name));
            xml.WriteAttributeString("time", result.Seconds.ToString("0.000", CultureInfo.InvariantCulture));
            if (!result.IsWhole)
            {
                xml.WriteStartElement(IsFailure(result) ? "failure" : "error");
                xml.WriteAttributeString("message", Clean(GradeText.Counts(check, result)));
                xml.WriteString(Clean(GradeText.Output(check, result)));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static bool IsFailure(CheckResult result) => result.Runs.Any(run => run.Outcome == Outcome.Broken);

    // What a program says may have characters that XML cannot.
    private static string Clean(string text) =>
        string.Concat(text.Select(sign => XmlConvert.IsXmlChar(sign) ? sign : '?'));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => Experiments.Csv.Number(number);
}
