using Blockchain.Experiments.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;
using Palette = Blockchain.Experiments.Plots.Palette;

namespace Blockchain.Experiments;

/// <summary>Measures against a parameter: means, their confidence bands, and every single run.</summary>
internal sealed class SweepPictures(Experiment experiment, Summary summary, SweepResult result)
{
    private const double Margin = 0.06;
    private const float RunSize = 5;
    private const int PointsOfCurve = 60;
    private const double RunOpacity = 0.45;
    private const string BandNote = "Bands: 95 % confidence intervals of the means.";

    private Parameter Parameter => experiment.Parameter;

    /// <summary>One for each measure drawn, in their order; then that of the measures that belong together.</summary>
    public static IReadOnlyList<Picture> Of(Experiment experiment, Summary summary, SweepResult result)
    {
        var pictures = new SweepPictures(experiment, summary, result);
        return
        [
            .. experiment.Drawn.Select(drawn => pictures.Of(drawn)),
            .. experiment.Together.Count == 0 ? [] : new[] { pictures.Together(experiment.Together) },
        ];
    }

    private Picture Of(Expectation drawn)
    {
        var measure = drawn.Measure;
        var plot = PlotTheme.New(measure.Name, Parameter.Label, measure.Axis);
        var scale = ScaleOf([measure], drawn.Curves);
        var isMedian = summary.IsMedian(measure);
        var middle = isMedian ? "median" : "mean";
        AddRuns(plot, measure, scale);
        AddMean(plot, measure, scale, $"{middle} over the seeds, with its 95 % confidence band", Palette.Blue);
        if (isMedian)
        {
            AddShareThatCame(plot, measure, scale);
        }

        AddCurves(plot, drawn, scale);
        Frame(plot, scale);
        return new Picture(
            $"{experiment.Name}-{measure.Key}",
            $"{measure.Name}: {measure.Definition}. Line: {middle} over {result.Sweep.Seeds} seeds. {BandNote} Small "
            + "grey dots: single runs."
            + (isMedian ? " A run that never came to it counts as longer than all others; \"6 of 8\": so many of the "
                + "runs came to it." : "")
            + (drawn.Curves.Count == 0
                ? "" : $" Dashed: what was published or follows by calculation ({string.Join("; ",
                    drawn.Curves.Select(curve => curve.Name))})."),
            plot);
    }

    /// <summary>"6 of 8", above where some run is missing.</summary>
    private void AddShareThatCame(Plot plot, Measure measure, PlotScale scale)
    {
        foreach (var index in Enumerable.Range(0, summary.Cases.Count))
        {
            if (summary.Of(index, measure) is { Never: > 0 } interval)
            {
                var text = plot.Add.Text(
                    SweepReport.Reached(interval), Place(summary.Cases[index].Value), scale.Place(scale.Most));
                text.LabelFontColor = Palette.Muted;
                text.LabelAlignment = Alignment.LowerCenter;
            }
        }
    }

    private Picture Together(IReadOnlyList<Measure> measures)
    {
        const string Title = "Copies received for each useful one, by kind";
        var plot = PlotTheme.New(Title, Parameter.Label, measures[0].Axis);
        var scale = ScaleOf(measures);
        for (var i = 0; i < measures.Count; i++)
        {
            AddMean(plot, measures[i], scale, measures[i].ShortName, Palette.Of(i));
        }

        Frame(plot, scale);
        return new Picture(
            $"{experiment.Name}-kinds", $"{Title}. Lines: means over {result.Sweep.Seeds} seeds. {BandNote}", plot);
    }

    private void AddMean(Plot plot, Measure measure, PlotScale scale, string name, Color color)
    {
        var cases = summary.With(measure).Where(index => double.IsFinite(summary.Of(index, measure).Mean)).ToArray();
        var x = cases.Select(index => Place(summary.Cases[index].Value)).ToArray();
        var intervals = cases.Select(index => summary.Of(index, measure)).ToArray();
        var known = Enumerable.Range(0, x.Length).Where(i => intervals[i].IsKnown).ToArray();
        if (Parameter.Names.Count > 0)
        {
            AddBars(plot, measure, scale, name, color);
            return;
        }

        if (known.Length > 1)
        {
            // Where shares end, the band ends: no run can be beyond. Never is beyond any edge.
            var most = measure.IsShare ? 1 : summary.IsMedian(measure) ? scale.Most : double.MaxValue;
            plot.AddBand(
                [.. known.Select(i => x[i])],
                [.. known.Select(i => scale.Place(Math.Max(0, intervals[i].Low) * measure.Scale))],
                [.. known.Select(i => scale.Place(Math.Min(most, intervals[i].High) * measure.Scale))],
                color);
        }

        plot.AddLine(
            name,
            x,
            [.. intervals.Select(interval => scale.Place(interval.Mean * measure.Scale))],
            color,
            markers: true);
    }

    /// <summary>Values that are names have nothing in between: a point for each, and a bar for its band.</summary>
    private void AddBars(Plot plot, Measure measure, PlotScale scale, string name, Color color)
    {
        const float PointSize = 9;
        const float BarWidth = 3;
        List<(double X, double Y)> points = [];
        foreach (var index in summary.With(measure))
        {
            var interval = summary.Of(index, measure);
            if (!double.IsFinite(interval.Mean))
            {
                continue;
            }

            var x = Place(summary.Cases[index].Value);
            points.Add((x, scale.Place(interval.Mean * measure.Scale)));
            if (interval.IsKnown)
            {
                var most = measure.IsShare ? 1 : summary.IsMedian(measure) ? scale.Most : double.MaxValue;
                var bar = plot.Add.Line(
                    x,
                    scale.Place(Math.Max(0, interval.Low) * measure.Scale),
                    x,
                    scale.Place(Math.Min(most, interval.High) * measure.Scale));
                bar.Color = color;
                bar.LineWidth = BarWidth;
            }
        }

        var means = plot.Add.ScatterPoints(
            points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), color);
        means.MarkerSize = PointSize;
        means.LegendText = name;
    }

    private void AddCurves(Plot plot, Expectation drawn, PlotScale scale)
    {
        var (first, last) = (summary.Cases[0].Value, summary.Cases[^1].Value);
        double[] values = Parameter.IsWhole || Parameter.IsLogarithmic
            ? [.. summary.Cases.Select(one => one.Value)]
            : [.. Enumerable.Range(0, PointsOfCurve + 1).Select(i => first + ((last - first) * i / PointsOfCurve))];
        for (var i = 0; i < drawn.Curves.Count; i++)
        {
            var curve = drawn.Curves[i];
            var line = plot.AddLine(
                curve.Name,
                [.. values.Select(Place)],
                [.. values.Select(value => scale.Place(curve.Of(value) * drawn.Measure.Scale))],
                Palette.Of(i + 1));
            line.LinePattern = LinePattern.Dashed;
        }
    }

    private void AddRuns(Plot plot, Measure measure, PlotScale scale)
    {
        var rows = result.Rows.Where(row => row[measure] is not null).ToArray();
        var runs = plot.Add.ScatterPoints(
            rows.Select(row => Place(summary.Cases[row.Case].Value)).ToArray(),
            rows.Select(row => scale.Place(row[measure]!.Value * measure.Scale)).ToArray(),
            Palette.Muted.WithAlpha(RunOpacity));
        runs.MarkerSize = RunSize;
        runs.LegendText = "single runs";
    }

    private void Frame(Plot plot, PlotScale scale)
    {
        var places = summary.Cases.Select(one => Place(one.Value)).ToArray();
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            places, [.. summary.Cases.Select(one => Parameter.OnAxis(one.Value))]);
        var margin = places.Length > 1 ? (places.Max() - places.Min()) * Margin : 1;
        plot.Axes.SetLimitsX(places.Min() - margin, places.Max() + margin);
        if (scale.Ticks() is { } ticks)
        {
            plot.Axes.Left.TickGenerator = ticks;
            plot.Axes.AutoScaleY();
        }
        else
        {
            var top = scale.Most;
            plot.Axes.SetLimitsY(-top * Margin / 2, top > 0 ? top * (1 + Margin) : 1);
        }

        plot.ShowLegend(Edge.Bottom);
    }

    /// <summary>Of all runs, the ends of the bands, and the curves.</summary>
    private PlotScale ScaleOf(IReadOnlyList<Measure> measures, IReadOnlyList<Curve>? curves = null) => PlotScale.For(
        measures.SelectMany(measure => result.Rows
            .Select(row => row[measure] * measure.Scale).OfType<double>()
            .Concat(measure.IsShare ? [] : summary.With(measure).Select(index => summary.Of(index, measure).High))
            .Concat((curves ?? []).SelectMany(curve =>
                summary.Cases.Select(one => curve.Of(one.Value) * measure.Scale)))),
        mayBeLogarithmic: !measures.Any(measure => measure.IsShare));

    private double Place(double value) => Parameter.IsLogarithmic ? Math.Log2(value) : value * Parameter.Scale;
}
