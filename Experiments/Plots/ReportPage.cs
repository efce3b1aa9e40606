using System.Globalization;
using System.Net;
using System.Text;

namespace Blockchain.Experiments.Plots;

/// <summary>A page of HTML that needs no other file: text, figures, tables and pictures, one below the other.</summary>
internal sealed class ReportPage
{
    private readonly StringBuilder _body = new();
    private readonly string _title;

    /// <param name="lead">One sentence on what this is a report of.</param>
    public ReportPage(string title, string lead)
    {
        _title = title;
        _body.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(title)}</h1>\n<p class=\"lead\">{Escape(lead)}</p>\n");
    }

    public ReportPage Section(string heading) => Append($"<h2>{Escape(heading)}</h2>");

    public ReportPage Paragraph(string text) => Append($"<p>{Escape(text)}</p>");

    /// <summary>What must not be overlooked: it was interrupted, it broke.</summary>
    public ReportPage Warning(string text) => Append($"<p class=\"warning\" role=\"note\">{Escape(text)}</p>");

    /// <summary>A command or a file, as it is.</summary>
    public ReportPage Code(string text) => Append($"<pre><code>{Escape(text)}</code></pre>");

    /// <summary>The few figures that somebody wants first.</summary>
    public ReportPage Figures(params IEnumerable<(string Name, string Value)> figures)
    {
        var items = figures.Select(figure =>
            $"<div><dt>{Escape(figure.Name)}</dt><dd>{Escape(figure.Value)}</dd></div>");
        return Append($"<dl class=\"figures\">{string.Concat(items)}</dl>");
    }

    /// <summary>Columns whose cells are all numbers are set to the right.</summary>
    public ReportPage Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var isNumber = headers.Select((_, i) => rows.Count > 0 && rows.All(row => IsNumber(row[i]))).ToArray();
        var head = string.Concat(headers.Select((text, i) => $"<th{Class(i)} scope=\"col\">{Escape(text)}</th>"));
        var body = string.Concat(rows.Select(row =>
            $"<tr>{string.Concat(row.Select((text, i) => $"<td{Class(i)}>{Escape(text)}</td>"))}</tr>\n"));
        return Append(
            $"<div class=\"wide\"><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>");

        string Class(int column) => isNumber[column] ? " class=\"number\"" : "";
    }

    public ReportPage Picture(Picture picture) => Append(
        $"<figure>{picture.Svg()}<figcaption>{Escape(picture.Caption)}</figcaption></figure>");

    /// <summary>A drawing that stays as wide as it is, since text in it must be read.</summary>
    /// <param name="svg">As markup.</param>
    public ReportPage Drawing(string svg, string caption) => Append(
        $"<figure class=\"wide\">{svg}<figcaption>{Escape(caption)}</figcaption></figure>");

    /// <summary>What nothing else here makes, as markup.</summary>
    public ReportPage Markup(string html) => Append(html);

    /// <summary>The whole page.</summary>
    public string ToHtml() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Escape(_title)}</title>
        <style>
        {PlotFont.Default.FontFace}
        {Style()}
        </style>
        </head>
        <body>
        <main>
        {_body}</main>
        </body>
        </html>

        """;

    public void Write(string path) => File.WriteAllText(path, ToHtml(), new UTF8Encoding(false));

    private static bool IsNumber(string text) =>
        text.Length == 0 || text == "–" || char.IsAsciiDigit(text[0]) || (text[0] is '-' or '−' && text.Length > 1);

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Style()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private ReportPage Append(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }
}
