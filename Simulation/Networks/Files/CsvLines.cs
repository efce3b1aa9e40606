using Microsoft.VisualBasic.FileIO;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>
/// The lines of a table of comma-separated values (RFC 4180), each with its number; empty ones are left out.
/// </summary>
internal static class CsvLines
{
    /// <param name="problem">Hears of a line that is none.</param>
    public static IEnumerable<(int Line, string[] Cells)> Of(string text, Action<int, string> problem)
    {
        using var parser = new TextFieldParser(new StringReader(text)) { TrimWhiteSpace = true };
        parser.SetDelimiters(",");
        parser.HasFieldsEnclosedInQuotes = true;
        parser.CommentTokens = ["#"];
        while (!parser.EndOfData)
        {
            string[] cells;
            int line;
            try
            {
                _ = parser.PeekChars(1);
                line = (int)parser.LineNumber;
                cells = parser.ReadFields() ?? [];
            }
            catch (MalformedLineException)
            {
                problem((int)parser.ErrorLineNumber, "a quotation mark has no other one");
                continue;
            }

            if (cells.Length > 0)
            {
                yield return (line, cells);
            }
        }
    }
}
