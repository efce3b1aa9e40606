using System.Globalization;
using MathNet.Numerics.Statistics;

namespace Blockchain.Experiments.Validation;

/// <summary>Somebody's own measurements of a network, as a table.</summary>
internal static class Measurements
{
    private const double Half = 0.5;
    private const double Most = 0.9;
    private const int Enough = 20;

    /// <summary>
    /// Reads one column of seconds, one for each announcement that was heard, from the first one of its block; or two
    /// columns, share and seconds, with the lines 0.5 and 0.9. A first line without numbers is a heading.
    /// </summary>
    /// <param name="problems">One line for each mistake.</param>
    /// <returns>Null if there are problems.</returns>
    public static MonitorTimes? Read(string name, IReadOnlyList<string> lines, List<string> problems)
    {
        var rows = new List<double[]>();
        for (var i = 0; i < lines.Count; i++)
        {
            var cells = lines[i].Split(',', ';', '\t');
            if (lines[i].Trim().Length == 0 || (i == 0 && !double.TryParse(
                cells[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            {
                continue;
            }

            var numbers = cells
                .Select(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : double.NaN)
                .ToArray();
            if (numbers.Length > 2 || numbers.Any(number => !(number >= 0 && double.IsFinite(number)))
                || (rows.Count > 0 && numbers.Length != rows[0].Length))
            {
                problems.Add($"{name}, line {i + 1}: \"{lines[i].Trim()}\" is neither a number of seconds nor a share "
                    + "and a number of seconds.");
                continue;
            }

            rows.Add(numbers);
        }

        if (problems.Count > 0)
        {
            return null;
        }

        return rows is [{ Length: 2 }, ..] ? OfShares(name, rows, problems) : OfSample(name, rows, problems);
    }

    private static MonitorTimes? OfShares(string name, List<double[]> rows, List<string> problems)
    {
        var (half, most) = (Find(Half), Find(Most));
        if (half is null || most is null)
        {
            problems.Add($"{name}: lines with the shares 0.5 and 0.9 are needed.");
            return null;
        }

        return Check(name, new MonitorTimes(half.Value, most.Value), problems);

        double? Find(double share) => rows.Find(row => Math.Abs(row[0] - share) < 1e-9)?[1];
    }

    private static MonitorTimes? OfSample(string name, List<double[]> rows, List<string> problems)
    {
        if (rows.Count < Enough)
        {
            problems.Add($"{name}: {rows.Count} measurements say too little; {Enough} or more are needed.");
            return null;
        }

        var sample = rows.ConvertAll(row => row[0]);
        return Check(name, new MonitorTimes(sample.Quantile(Half), sample.Quantile(Most)), problems);
    }

    private static MonitorTimes? Check(string name, MonitorTimes times, List<string> problems)
    {
        if (times.Half > 0 && times.Most > times.Half)
        {
            return times;
        }

        problems.Add($"{name}: half of the announcements must take longer than 0 s, and nine tenths longer than half.");
        return null;
    }
}
