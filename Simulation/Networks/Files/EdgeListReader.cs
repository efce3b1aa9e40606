namespace Blockchain.Simulation.Networks.Files;

/// <summary>Reads a list of links: a header that names the columns, and a line for each link.</summary>
internal static class EdgeListReader
{
    private const string From = "from";
    private const string To = "to";
    private const string RegionOf = "_region";

    private static readonly string[] Others = [From, To, From + RegionOf, To + RegionOf];

    public static void Read(string text, GraphDraft draft)
    {
        string[]? header = null;
        foreach (var (line, cells) in CsvLines.Of(text.TrimStart('\uFEFF'), draft.Problem))
        {
            if (header is null)
            {
                header = cells;
                if (!IsHeader(line, header, draft))
                {
                    return;
                }
            }
            else if (cells.Length != header.Length)
            {
                draft.Problem(line, $"has {cells.Length} values, and the header names {header.Length} columns");
            }
            else
            {
                ReadLine(line, header, cells, draft);
            }
        }

        if (header is null)
        {
            draft.Problem(0, "is empty; the first line names the columns, such as from,to,latency_ms");
        }
    }

    private static bool IsHeader(int line, string[] header, GraphDraft draft)
    {
        var isHeader = true;
        foreach (var column in (string[])[From, To])
        {
            if (!header.Contains(column))
            {
                draft.Problem(line, $"the header has no column \"{column}\"");
                isHeader = false;
            }
        }

        foreach (var column in header.CountBy(name => name))
        {
            if (column.Value > 1)
            {
                draft.Problem(line, $"the header has the column \"{column.Key}\" {column.Value} times");
                isHeader = false;
            }
            else if (!Others.Contains(column.Key) && !Quantity.IsKnown(column.Key))
            {
                draft.Problem(
                    line,
                    $"there is no column \"{column.Key}\"; there are "
                        + string.Join(", ", Others.Concat(Quantity.Names)));
                isHeader = false;
            }
        }

        return isHeader;
    }

    private static void ReadLine(int line, string[] header, string[] cells, GraphDraft draft)
    {
        var link = new GraphLink(line, cells[header.IndexOf(From)], cells[header.IndexOf(To)]);
        foreach (var (column, text) in header.Zip(cells))
        {
            if (text.Length > 0 && Quantity.IsKnown(column) && Quantity.Set(column, text, link) is { } problem)
            {
                draft.Problem(line, problem);
            }
        }

        foreach (var (end, id) in ((string, string)[])[(From, link.From), (To, link.To)])
        {
            var node = draft.Node(line, id);
            var column = header.IndexOf(end + RegionOf);
            if (column < 0 || cells[column].Length == 0)
            {
                continue;
            }

            if (node.Region is { } region && region != cells[column])
            {
                draft.Problem(line, $"\"{id}\" is in \"{cells[column]}\" here, and in \"{region}\" before");
            }

            node.Region ??= cells[column];
        }

        draft.Add(link);
    }
}
