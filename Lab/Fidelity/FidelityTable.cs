using System.Globalization;
using Blockchain.Experiments.Fidelity;
using Blockchain.Lab.Display;
using Spectre.Console;

namespace Blockchain.Lab.Fidelity;

/// <summary>Both sides' figures, one below the other.</summary>
internal static class FidelityTable
{
    /// <summary>How far the simulator's mean may lie from what processes show, as a share of the latter.</summary>
    public const double Tolerance = 0.2;

    /// <summary>
    /// Fewer drops than these on both sides differ by chance; they are shown and not judged. Of 100, two standard
    /// deviations are a fifth.
    /// </summary>
    private const double FewestCases = 100;

    /// <returns>Whether all that is judged agrees.</returns>
    public static bool Print(IAnsiConsole console, NetworkFigures real, IReadOnlyList<NetworkFigures> simulated)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("figure", "processes", "simulated", "its seeds", "difference", "");
        foreach (var column in table.Columns.Skip(1).Take(4))
        {
            column.RightAligned();
        }

        var agrees = true;
        Add("blocks", one => one.Blocks.Count, "0", isJudged: false);
        Add("half of the honest peers have a block after, s", one => one.Blocks.Half, "0.000");
        Add("nine tenths of them after, s", one => one.Blocks.Most, "0.000");
        Add("delay of an arrival, p50, s", one => one.Blocks.DelayP50, "0.000");
        Add("delay of an arrival, p90, s", one => one.Blocks.DelayP90, "0.000");
        Add("copies received for each useful one", one => one.Counts.CopiesPerUseful, "0.00");
        Add("dropped messages", one => one.Drops, "0");
        var reasons = simulated.Append(real).SelectMany(one => one.Counts.Dropped.Keys).Distinct();
        foreach (var reason in reasons.Order(StringComparer.Ordinal))
        {
            double Count(NetworkFigures one) => one.Counts.Dropped.GetValueOrDefault(reason);
            Add($"  {reason}", Count, "0", Math.Max(Count(real), simulated.Average(Count)) >= FewestCases);
        }

        PlainOutput.KeepLinesWhole(console);
        console.Write(table);
        return agrees;

        void Add(string name, Func<NetworkFigures, double> figure, string format, bool isJudged = true)
        {
            var measured = figure(real);
            var mean = simulated.Average(figure);

            // Of nothing there is no share: only nothing agrees with it.
            var difference = mean == measured ? 0 : measured == 0 ? double.PositiveInfinity : (mean / measured) - 1;
            var isWithin = Math.Abs(difference) <= Tolerance;
            agrees &= isWithin || !isJudged;
            table.AddRow(
                Markup.Escape(name),
                Text(measured),
                Text(mean),
                $"{Text(simulated.Min(figure))} – {Text(simulated.Max(figure))}",
                double.IsFinite(difference)
                    ? (100 * difference).ToString("+0;−0;0", CultureInfo.InvariantCulture) + " %"
                    : "–",
                !isJudged ? "[grey]not judged[/]" : isWithin ? "[darkseagreen]agrees[/]" : "[indianred1]differs[/]");

            string Text(double value) =>
                double.IsPositiveInfinity(value) ? "never" : value.ToString(format, CultureInfo.InvariantCulture);
        }
    }
}
