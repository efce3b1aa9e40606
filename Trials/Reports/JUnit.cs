using System.Globalization;
using System.Text;
using System.Xml;

namespace Blockchain.Trials.Reports;

/// <summary>Results in the XML that test reporters read (the form of Apache Ant's JUnit task).</summary>
public static class JUnit
{
    public static string Write(IEnumerable<JUnitSuite> suites)
    {
        ArgumentNullException.ThrowIfNull(suites);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var suite in suites)
            {
                Write(xml, suite);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Write(XmlWriter xml, JUnitSuite suite)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", suite.Name);
        Attribute(xml, "tests", Text(suite.Cases.Count));
        Attribute(xml, "failures", Count(suite, JUnitOutcome.Failure));
        Attribute(xml, "errors", Count(suite, JUnitOutcome.Error));
        Attribute(xml, "skipped", Count(suite, JUnitOutcome.Skipped));
        Attribute(xml, "time", Seconds(suite.Took));
        foreach (var one in suite.Cases)
        {
            Write(xml, one);
        }

        if (suite.Output.Length > 0)
        {
            xml.WriteElementString("system-out", Clean(suite.Output));
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", one.ClassName);
        Attribute(xml, "name", one.Name);
        Attribute(xml, "time", Seconds(one.Took));
        if (one.Outcome != JUnitOutcome.Success)
        {
            xml.WriteStartElement(one.Outcome.ToString().ToLowerInvariant());
            Attribute(xml, "message", one.Message);
            xml.WriteString(Clean(one.Text));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(name, Clean(value));
        }
    }

    private static string Count(JUnitSuite suite, JUnitOutcome outcome) =>
        Text(suite.Cases.Count(one => one.Outcome == outcome));

    // What a node says may have characters that XML cannot.
    private static string Clean(string text) =>
        string.Concat(text.Select(sign => XmlConvert.IsXmlChar(sign) ? sign : '?'));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Seconds(TimeSpan? time) =>
        time?.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
