using System.Globalization;
using System.Text;
using System.Xml;

namespace Blockchain.Conformance.Reports;

/// <summary>
/// Results in the XML that test reporters read (the form of Apache Ant's JUnit task): a suite for each form, a case for
/// each test. What is broken is a failure, what could not be told is skipped.
/// </summary>
public static class JUnitReport
{
    public static string Write(IReadOnlyList<ConformanceReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var report in reports)
            {
                Write(xml, report);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, ConformanceReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean($"{report.Testee} ({report.Form}, seed {report.Seed})"));
        xml.WriteAttributeString("tests", Text(report.Results.Count));
        xml.WriteAttributeString("failures", Text(report.Results.Count(one => one.Verdict == RuleVerdict.Broken)));
        xml.WriteAttributeString("skipped", Text(report.Results.Count(one => one.Verdict == RuleVerdict.Unknown)));
        foreach (var result in report.Results)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", result.Rule);
            xml.WriteAttributeString("name", Clean(result.Test.Length > 0 ? result.Test : result.Sentence));
            Write(xml, result);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, RuleResult result)
    {
        if (result.Verdict == RuleVerdict.Held)
        {
            return;
        }

        xml.WriteStartElement(result.Verdict == RuleVerdict.Broken ? "failure" : "skipped");
        xml.WriteAttributeString("message", Clean(result.Reason));
        if (result.Verdict == RuleVerdict.Broken)
        {
            xml.WriteString(Clean($"{result.Rule}: {result.Sentence}\n\n"
                + string.Join('\n', result.Lines.Select(VerdictText.Of))));
        }

        xml.WriteEndElement();
    }

    // What a node writes may have characters that XML cannot.
    private static string Clean(string text) =>
        string.Concat(text.Select(sign => XmlConvert.IsXmlChar(sign) ? sign : '?'));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
