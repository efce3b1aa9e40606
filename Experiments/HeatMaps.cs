using Blockchain.Experiments.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;
using Palette = Blockchain.Experiments.Plots.Palette;

namespace Blockchain.Experiments;

/// <summary>Measures of two parameters: a field for each pair of values, the first to the right and the second upwards.</summary>
internal sealed class HeatMaps
{
    private const int HeightOfRow = 46;
    private const int HeightAround = 170;
    private const int MostTextInWidth = 12;
    private const float TextSize = 13;
    private const int MarginOfBar = 18;

    private readonly Study _study;
    private readonly Summary _summary;
    private readonly (Parameter Parameter, double[] Values) _x;
    private readonly (Parameter Parameter, double[] Values) _y;

    private HeatMaps(Study study, Experiment with, Summary summary)
    {
        (_study, _summary) = (study, summary);
        _x = (study.Experiment.Parameter, [.. summary.Cases.Select(one => one.Value).Distinct()]);
        _y = (with.Parameter, [.. summary.Cases.Select(one => one.With!.Value.Value).Distinct()]);
    }

    /// <summary>One for each measure drawn that some run has, in their order.</summary>
    public static IReadOnlyList<Picture> Of(Study study, Experiment with, Summary summary)
    {
        var maps = new HeatMaps(study, with, summary);
        return [.. CrossReport.Measured(study, summary).Select(maps.Of)];
    }

    private Picture Of(Measure measure)
    {
        var plot = PlotTheme.New(measure.Name, _x.Parameter.Label, _y.Parameter.Label);
        double[] finite =
        [
            .. Enumerable.Range(0, _summary.Cases.Count).Select(i => _summary.Of(i, measure).Mean * measure.Scale)
                .Where(double.IsFinite),
        ];
        var scale = PlotScale.For(finite, mayBeLogarithmic: !measure.IsShare);
        var colors = new ColorScale(finite, scale);
        for (var i = 0; i < _summary.Cases.Count; i++)
        {
            AddField(plot, measure, i, colors);
        }

        Frame(plot);
        AddBar(plot, measure, colors, scale);
        var statistic = _summary.IsMedian(measure) ? "medians" : "means";
        return new Picture(
            $"{_study.Name}-{measure.Key}",
            $"{measure.Name}: {measure.Definition}. Fields: {statistic} over {_study.Sweep.Seeds} seeds"
            + (scale.IsLogarithmic ? ", with a logarithmic scale of colours. " : ". ")
            + (_summary.IsMedian(measure)
                ? "A run that never came to it counts as longer than all others; grey: most runs never came to it."
                : "Grey: no run has it."),
            plot)
        {
            Height = (_y.Values.Length * HeightOfRow) + HeightAround,
        };
    }

    private void AddField(Plot plot, Measure measure, int index, ColorScale colors)
    {
        var one = _summary.Cases[index];
        var (x, y) = (Array.IndexOf(_x.Values, one.Value), Array.IndexOf(_y.Values, one.With!.Value.Value));
        var mean = _summary.Of(index, measure).Mean;
        var isKnown = double.IsFinite(mean);
        var field = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
        field.FillColor = isKnown ? colors.Of(mean * measure.Scale) : Palette.Grid;
        field.LineColor = Colors.White;
        field.LineWidth = 1;
        if (_x.Values.Length <= MostTextInWidth)
        {
            var text = plot.Add.Text(measure.Number(mean), x, y);
            text.LabelAlignment = Alignment.MiddleCenter;
            text.LabelFontSize = TextSize;
            text.LabelFontColor = isKnown ? colors.OfText(mean * measure.Scale) : Palette.Muted;
        }
    }

    private void Frame(Plot plot)
    {
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = Ticks(_x.Parameter, _x.Values);
        plot.Axes.Left.TickGenerator = Ticks(_y.Parameter, _y.Values);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.MajorTickStyle.Length = 0;
            axis.FrameLineStyle.Width = 0;
        }

        plot.Axes.SetLimits(-0.5, _x.Values.Length - 0.5, -0.5, _y.Values.Length - 0.5);
        plot.Axes.Right.MinimumSize = MarginOfBar;
    }

    private static NumericManual Ticks(Parameter parameter, double[] values) => new(
        [.. Enumerable.Range(0, values.Length).Select(place => (double)place)],
        [.. values.Select(parameter.OnAxis)]);

    private static void AddBar(Plot plot, Measure measure, ColorScale colors, PlotScale scale)
    {
        var bar = plot.Add.ColorBar(colors);
        bar.Label = measure.Axis;
        bar.LabelStyle.Bold = false;
        bar.LabelStyle.FontName = PlotFont.Name;
        bar.LabelStyle.FontSize = 14;
        bar.LabelStyle.ForeColor = Palette.Muted;
        bar.Axis.TickLabelStyle.FontName = PlotFont.Name;
        bar.Axis.TickLabelStyle.FontSize = 12;
        bar.Axis.TickLabelStyle.ForeColor = Palette.Muted;
        bar.Axis.FrameLineStyle.Width = 0;
        bar.Axis.MajorTickStyle.Color = Palette.Muted;
        bar.Axis.MinorTickStyle.Length = 0;
        if (scale.Ticks() is { } ticks)
        {
            bar.Axis.TickGenerator = ticks;
        }
    }
}
