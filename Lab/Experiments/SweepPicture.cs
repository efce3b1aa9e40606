using System.Globalization;
using Blockchain.Lab.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;
using Palette = Blockchain.Lab.Plots.Palette;

namespace Blockchain.Lab.Experiments;

/// <summary>A measure against a parameter: the means, their confidence band, and every single run.</summary>
internal static class SweepPicture
{
    private const double Margin = 0.06;
    private const float RunSize = 4;
    private const double RunOpacity = 0.35;

    /// <param name="prefix">Before the measure's key in the file's name.</param>
    public static Picture Of(Parameter parameter, Measure measure, Summary summary, SweepResult result, string prefix)
    {
        var plot = PlotTheme.New(measure.Name, parameter.Label, measure.ShownUnit.Length == 0 ? "ratio" : measure.ShownUnit);
        var cases = summary.With(measure);
        var x = cases.Select(index => Place(parameter, summary.Cases[index].Value)).ToArray();
        var intervals = cases.Select(index => summary.Of(index, measure)).ToArray();
        AddBand(plot, measure, x, intervals);
        AddRuns(plot, parameter, measure, summary, result);
        plot.AddLine("mean over the seeds", x, [.. intervals.Select(interval => interval.Mean * measure.Scale)], Palette.Blue, markers: true);
        Frame(plot, parameter, measure, summary, result);
        return new Picture($"{prefix}{measure.Key}", Caption(measure, result.Sweep.Seeds), plot);
    }

    private static string Caption(Measure measure, int seeds) =>
        $"{measure.Name}: {measure.Definition}. Line and dots: mean over {seeds} seeds. Band: 95 % confidence interval of the mean. "
        + "Small grey dots: single runs.";

    /// <summary>Where shares end, the band ends: no run can be beyond.</summary>
    private static void AddBand(Plot plot, Measure measure, double[] x, Interval[] intervals)
    {
        var known = Enumerable.Range(0, x.Length).Where(i => intervals[i].IsKnown).ToArray();
        if (known.Length < 2)
            return;
        var band = plot.AddBand(
            [.. known.Select(i => x[i])],
            [.. known.Select(i => Math.Max(0, intervals[i].Low) * measure.Scale)],
            [.. known.Select(i => (measure.IsShare ? Math.Min(1, intervals[i].High) : intervals[i].High) * measure.Scale)],
            Palette.Blue);
        band.LegendText = "95 % confidence";
    }

    private static void AddRuns(Plot plot, Parameter parameter, Measure measure, Summary summary, SweepResult result)
    {
        var rows = result.Rows.Where(row => row[measure] is not null).ToArray();
        var runs = plot.Add.ScatterPoints(
            rows.Select(row => Place(parameter, summary.Cases[row.Case].Value)).ToArray(),
            rows.Select(row => row[measure]!.Value * measure.Scale).ToArray(),
            Palette.Muted.WithAlpha(RunOpacity));
        runs.MarkerSize = RunSize;
        runs.LegendText = "single runs";
    }

    private static void Frame(Plot plot, Parameter parameter, Measure measure, Summary summary, SweepResult result)
    {
        var places = summary.Cases.Select(one => Place(parameter, one.Value)).ToArray();
        plot.Axes.Bottom.TickGenerator = new NumericManual(places, [.. summary.Cases.Select(one => Label(parameter, one.Value))]);
        var margin = places.Length > 1 ? (places.Max() - places.Min()) * Margin : 1;
        plot.Axes.SetLimitsX(places.Min() - margin, places.Max() + margin);
        var values = result.Rows.Select(row => row[measure] * measure.Scale).OfType<double>().ToArray();
        var bands = summary.With(measure).Select(index => summary.Of(index, measure).High * measure.Scale).Where(double.IsFinite);
        var top = values.Concat(measure.IsShare ? [] : bands).DefaultIfEmpty(0).Max();
        plot.Axes.SetLimitsY(-top * Margin / 2, top == 0 ? 1 : top * (1 + Margin));
        plot.ShowLegend(Edge.Bottom);
    }

    private static double Place(Parameter parameter, double value) =>
        parameter.IsLogarithmic && value > 0 ? Math.Log2(value) : value * parameter.Scale;

    private static string Label(Parameter parameter, double value) =>
        (value * parameter.Scale).ToString("0.###", CultureInfo.InvariantCulture);
}
