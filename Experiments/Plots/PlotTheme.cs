using ScottPlot;

namespace Blockchain.Experiments.Plots;

/// <summary>How all pictures look.</summary>
internal static class PlotTheme
{
    private const float TitleSize = 17;
    private const float LabelSize = 14;
    private const float TickSize = 12;
    private const float RightMargin = 28;

    /// <summary>An empty plot; what is added to it takes the colours of <see cref="Palette"/> in turn.</summary>
    /// <param name="x">What the axis says, with its unit: "time after the making, s".</param>
    /// <param name="y">The same of the other axis.</param>
    public static Plot New(string title, string x, string y)
    {
        _ = PlotFont.Default;
        var plot = new Plot();
        plot.Add.Palette = new ScottPlot.Palettes.Custom(Palette.Colors, "Okabe-Ito");
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Palette.Grid;
        plot.Axes.Color(Palette.Muted);

        // Without a line of its own, it leaves room for the last label below.
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = RightMargin;
        plot.Axes.Top.IsVisible = false;
        plot.Title(title, TitleSize);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.ForeColor = Palette.Ink;
        plot.XLabel(x, LabelSize);
        plot.YLabel(y, LabelSize);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = TickSize;
        }

        plot.Legend.FontSize = TickSize;
        plot.Legend.FontColor = Palette.Ink;
        plot.Legend.OutlineColor = Palette.Grid;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Font.Set(PlotFont.Name);
        return plot;
    }

    /// <summary>A line through the points, in order.</summary>
    public static ScottPlot.Plottables.Scatter AddLine(
        this Plot plot, string name, double[] x, double[] y, Color color, bool markers = false)
    {
        var line = plot.Add.ScatterLine(x, y, color);
        line.LegendText = name;
        line.LineWidth = 2;
        line.MarkerSize = markers ? 7 : 0;
        line.MarkerShape = MarkerShape.FilledCircle;
        return line;
    }

    /// <summary>What lies between two lines, such as a confidence band, in a light shade of a colour.</summary>
    public static ScottPlot.Plottables.FillY AddBand(
        this Plot plot, double[] x, double[] low, double[] high, Color color)
    {
        var band = plot.Add.FillY(x, low, high);
        band.FillColor = color.WithAlpha(0.18);
        band.LineWidth = 0;
        band.MarkerSize = 0;
        return band;
    }

    /// <summary>The same between two lines that go upwards: for each y the lesser and the greater x.</summary>
    public static ScottPlot.Plottables.Polygon AddBandX(
        this Plot plot, double[] y, double[] low, double[] high, Color color)
    {
        var there = y.Select((value, i) => new Coordinates(low[i], value));
        var back = y.Select((value, i) => new Coordinates(high[i], value)).Reverse();
        var band = plot.Add.Polygon([.. there.Concat(back)]);
        band.FillColor = color.WithAlpha(0.18);
        band.LineWidth = 0;
        return band;
    }
}
