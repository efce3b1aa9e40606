using System.Globalization;
using System.Text;
using System.Xml;
using Blockchain.Trials.Running;

namespace Blockchain.Trials.Reports;

/// <summary>
/// Results in the XML that test reporters read (the form of Apache Ant's JUnit task): a suite for each run of a
/// scenario, a case for each of its steps. What did not hold is a failure, what could not be told an error.
/// </summary>
public static class JUnitReport
{
    public static string Write(IReadOnlyList<TrialResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var result in results)
            {
                Write(xml, result);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, TrialResult result)
    {
        var cases = result.Steps.Count + (result.Broken is null ? 0 : 1);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(TrialText.Name(result)));
        xml.WriteAttributeString("tests", Text(cases));
        xml.WriteAttributeString(
            "failures", Text(Count(result, Verdict.DidNotHold) + (result.Broken is null ? 0 : 1)));
        xml.WriteAttributeString("errors", Text(Count(result, Verdict.CouldNotBeTold)));
        xml.WriteAttributeString("time", Seconds(result.Took));
        foreach (var step in result.Steps)
        {
            WriteCase(xml, result, step.Step.ToString(), step.Took, step.Judgement);
        }

        if (result.Broken is { } broken)
        {
            WriteCase(xml, result, "invariants", result.Took, Judgement.DidNotHold(broken));
        }

        if (result.Failure is { } failure)
        {
            xml.WriteElementString("system-out", Clean(string.Join('\n', TrialText.Lines(failure))));
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(
        XmlWriter xml, TrialResult result, string name, TimeSpan took, Judgement judgement)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(result.Scenario.Name));
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("time", Seconds(took));
        if (judgement.Verdict != Verdict.Held)
        {
            xml.WriteStartElement(judgement.Verdict == Verdict.DidNotHold ? "failure" : "error");
            xml.WriteAttributeString("message", Clean(judgement.Detail));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static int Count(TrialResult result, Verdict verdict) =>
        result.Steps.Count(step => step.Judgement.Verdict == verdict);

    // What a peer says may have characters that XML cannot.
    private static string Clean(string text) =>
        string.Concat(text.Select(sign => XmlConvert.IsXmlChar(sign) ? sign : '?'));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
