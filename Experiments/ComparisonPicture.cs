using Blockchain.Experiments.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;
using Palette = Blockchain.Experiments.Plots.Palette;

namespace Blockchain.Experiments;

/// <summary>
/// The differences of all measures on one axis, each as a share of the mean of both configurations, with their
/// intervals.
/// </summary>
internal static class ComparisonPicture
{
    private const int HeightOfRow = 44;
    private const int HeightAround = 150;
    private const float LineWidth = 3;
    private const float DotSize = 10;

    public static Picture Of(Comparison comparison, Summary summary)
    {
        var measures = Comparison.Comparable(summary)
            .Where(measure => Middle(summary, measure) is > 0 and < double.PositiveInfinity
                && double.IsFinite(Comparison.Difference(summary, measure).Mean))
            .ToArray();
        var plot = PlotTheme.New(
            $"{comparison.Second} against {comparison.First}", "difference, as % of the mean of both", "");
        var zero = plot.Add.VerticalLine(0, 1, Palette.Muted, LinePattern.Dashed);
        zero.EnableAutoscale = true;
        var differences = Comparison.Differences(summary);
        for (var i = 0; i < measures.Length; i++)
        {
            AddDifference(plot, summary, measures[i], differences[measures[i]], measures.Length - 1 - i);
        }

        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. measures.Select((_, i) => (double)(measures.Length - 1 - i))],
            [.. measures.Select(measure => measure.Name)]);
        plot.Axes.SetLimitsY(-1, measures.Length);
        plot.HideGrid();
        return new Picture("compare", Caption(comparison), plot)
        {
            Height = (measures.Length * HeightOfRow) + HeightAround,
        };
    }

    private static string Caption(Comparison comparison) =>
        $"Dots: mean difference, {comparison.Second} minus {comparison.First}, over pairs of runs with the same "
        + "seed, as a share of the mean of both. Bars: 95 % confidence interval. Blue: more than "
        + "chance, also after the correction for all of them. Grey: it may be chance. Measures that are zero in both "
        + "are in the table only.";

    private static double Middle(Summary summary, Measure measure) =>
        (summary.Of(0, measure).Mean + summary.Of(1, measure).Mean) / 2;

    private static void AddDifference(
        Plot plot, Summary summary, Measure measure, PairedDifference paired, double row)
    {
        var scale = 100 / Middle(summary, measure);
        var difference = paired.Interval;
        var color = paired.IsClear ? Palette.Blue : Palette.Muted;
        if (difference.IsKnown)
        {
            var bar = plot.Add.Line(Finite(difference.Low) * scale, row, Finite(difference.High) * scale, row);
            bar.LineStyle = new LineStyle(LineWidth, color);
        }

        plot.Add.Marker(difference.Mean * scale, row, MarkerShape.FilledCircle, DotSize, color);

        // An end at "never" is drawn twice as far as the mean of both.
        double Finite(double end) =>
            double.IsInfinity(end) ? Math.Sign(end) * 2 * Middle(summary, measure) : end;
    }
}
