using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Networks.Files;

/// <summary>
/// Reads a matrix: the first cell says what it has (<c>latency_ms</c>), the rest of the first line the regions that
/// messages go to, the first cell of each other line the one that they come from. An empty cell is as on the way back.
/// </summary>
internal static class RegionMatrixReader
{
    private static readonly Dictionary<string, double?> Units = new(StringComparer.Ordinal)
    {
        ["latency"] = null, ["latency_ms"] = 1e-3, ["latency_s"] = 1,
    };

    public static RegionPlan? Read(string name, string text, ICollection<string> problems)
    {
        var wrong = new List<(int Line, string Problem)>();
        void Problem(int line, string problem) => wrong.Add((line, problem));

        var lines = CsvLines.Of(text.TrimStart('\uFEFF'), Problem).ToList();
        var given = lines.Count > 0 && IsHeader(lines[0], Problem) ? Cells(lines, Problem) : [];
        var latency = wrong.Count == 0 ? Complete(lines, given, Problem) : [];
        if (lines.Count == 0 && wrong.Count == 0)
        {
            Problem(1, "is empty; the first line names the regions, such as latency_ms,eu,us");
        }

        foreach (var (line, problem) in wrong.OrderBy(one => one.Line))
        {
            problems.Add($"{name}:{line}: {problem}.");
        }

        return wrong.Count == 0 ? new RegionPlan(latency) : null;
    }

    private static bool IsHeader((int Line, string[] Cells) header, Action<int, string> problem)
    {
        var isKnown = Units.ContainsKey(header.Cells[0]);
        if (!isKnown)
        {
            problem(
                header.Line, $"begins with \"{header.Cells[0]}\"; it must be one of {string.Join(", ", Units.Keys)}");
        }

        var regions = header.Cells[1..];
        var isNamed = regions.Length > 0
            && regions.All(region => region.Length > 0)
            && regions.Distinct().Count() == regions.Length;
        if (!isNamed)
        {
            problem(header.Line, "must name each region once, in a cell of its own");
        }

        return isKnown && isNamed;
    }

    private static Dictionary<(string From, string To), TimeSpan> Cells(
        List<(int Line, string[] Cells)> lines, Action<int, string> problem)
    {
        var unit = Units[lines[0].Cells[0]];
        var header = lines[0].Cells;
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var cells = new Dictionary<(string From, string To), TimeSpan>();
        foreach (var (line, row) in lines.Skip(1))
        {
            if (row.Length != header.Length)
            {
                problem(line, $"has {row.Length} values, and the first line has {header.Length}");
            }
            else if (!header.Skip(1).Contains(row[0]))
            {
                problem(line, $"is of a region \"{row[0]}\" that the first line does not name");
            }
            else if (!rows.TryAdd(row[0], line))
            {
                problem(line, $"is of \"{row[0]}\", as line {rows[row[0]]} is");
            }
            else
            {
                ReadRow(line, row);
            }
        }

        return cells;

        void ReadRow(int line, string[] row)
        {
            for (var i = 1; i < row.Length; i++)
            {
                if (row[i].Length > 0 && Quantity.TryTime(row[i], unit, out var latency))
                {
                    cells[(row[0], header[i])] = latency;
                }
                else if (row[i].Length > 0)
                {
                    problem(line, $"\"{row[i]}\" is not a latency from {row[0]} to {header[i]}"
                        + (unit is null ? "; write a time with a unit such as 30ms" : ", a number from 0 up"));
                }
            }
        }
    }

    private static Dictionary<(string From, string To), Range<TimeSpan>> Complete(
        List<(int Line, string[] Cells)> lines,
        Dictionary<(string From, string To), TimeSpan> given,
        Action<int, string> problem)
    {
        var all = new Dictionary<(string From, string To), Range<TimeSpan>>();
        foreach (var from in lines.Count > 0 ? lines[0].Cells[1..] : [])
        {
            foreach (var to in lines[0].Cells[1..])
            {
                if (given.TryGetValue((from, to), out var latency) || given.TryGetValue((to, from), out latency))
                {
                    all[(from, to)] = new(latency, latency);
                }
                else if (string.CompareOrdinal(from, to) <= 0)
                {
                    problem(lines[0].Line, $"names {from} and {to}, and no line says the latency between them");
                }
            }
        }

        return all;
    }
}
