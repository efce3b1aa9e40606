using System.Globalization;
using System.Text;

namespace Blockchain.Experiments;

/// <summary>Tables as RFC 4180 has them, with a point in numbers and a line feed after each line.</summary>
internal static class Csv
{
    /// <summary>The shortest text that reads as this number; empty for what is not one.</summary>
    public static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(IEnumerable<IEnumerable<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Quote)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Rows of cells, as <see cref="Text"/> writes them.</summary>
    /// <exception cref="FormatException">A quoted cell has no end.</exception>
    public static List<List<string>> Read(string text)
    {
        var rows = new List<List<string>>();
        var (row, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (isQuoted && sign == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (sign == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || sign is not (',' or '\n' or '\r'))
            {
                cell.Append(sign);
            }
            else if (sign != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (sign == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }

        return isQuoted || row.Count > 0 || cell.Length > 0
            ? throw new FormatException("The table ends in the middle of a line.")
            : rows;
    }

    /// <summary>Null of an empty cell.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public static double? ParseNumber(string cell) =>
        cell.Length == 0 ? null : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is not a seed.</exception>
    public static ulong ParseSeed(string cell) => ulong.TryParse(cell, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : throw new FormatException($"\"{cell}\" is not a seed.");

    public static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n\r") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
