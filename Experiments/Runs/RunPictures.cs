using Blockchain.Experiments.Plots;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;
using ScottPlot;
using Palette = Blockchain.Experiments.Plots.Palette;

namespace Blockchain.Experiments.Runs;

/// <summary>What a run looks like.</summary>
internal static class RunPictures
{
    private const int Percent = 100;

    /// <summary>More than these are no longer told apart in a picture; every so many of them is drawn then.</summary>
    private const int MostBlocks = 2_000;

    public static IEnumerable<Picture> OfBlocks(SimulationResult result)
    {
        if (result.Coverage.Count > 0)
        {
            yield return Coverage(result.Coverage);
        }

        if (result.Blocks.Count > 0)
        {
            var every = (result.Blocks.Count + MostBlocks - 1) / MostBlocks;
            var blocks = result.Blocks.Where((_, i) => i % every == 0).ToArray();
            yield return Percentiles(blocks);
            yield return Forks(blocks);
        }
    }

    public static IEnumerable<Picture> OfMessages(SimulationResult result)
    {
        if (result.Messages.Count > 0)
        {
            yield return Bars(
                "messages", "Messages by type", "messages",
                "How many messages of each type arrived, and how many of them told nothing new.",
                [.. result.Messages.Select(type => (type.Type.Name(), new double[] { type.Received, type.Redundant }))],
                ["received", "of them redundant"]);
        }

        if (result.Drops.Count > 0)
        {
            var byReason = result.Drops
                .GroupBy(drop => drop.Reason, drop => (double)drop.Count)
                .OrderBy(reason => reason.Sum());
            yield return Bars(
                "drops", "Drops by reason", "messages",
                "How many messages went no further, and why.",
                [.. byReason.Select(reason => (reason.Key.ToString(), new[] { reason.Sum() }))],
                ["dropped"]);
        }
    }

    private static Picture Coverage(IReadOnlyList<CoveragePoint> coverage)
    {
        var plot = PlotTheme.New("How a block spreads", "time after its making (s)", "peers that have it (%)");
        var some = coverage.Where(point => point.P10 is not null).ToArray();
        var most = some.Where(point => point.P50 is not null).ToArray();
        var times = some.SelectMany(point => new[] { point.P10, point.P50, point.P90 }).OfType<double>();
        var scale = PlotScale.For(times.Where(time => time > 0), mayBeLogarithmic: true);
        var edge = 1.05 * scale.Most;

        // Never is farther than any edge.
        plot.AddBandX(
            [.. some.Select(point => Percent * point.Share)],
            [.. some.Select(point => scale.Place(point.P10!.Value))],
            [.. some.Select(point => scale.Place(point.P90 ?? edge))],
            Palette.Blue);
        plot.AddLine(
            "median of all blocks",
            [.. most.Select(point => scale.Place(point.P50!.Value))],
            [.. most.Select(point => Percent * point.Share)],
            Palette.Blue);
        if (scale.Ticks() is { } ticks)
        {
            plot.Axes.Bottom.TickGenerator = ticks;
        }

        plot.Axes.SetLimits(scale.Place(0), scale.Place(edge), 0, Percent);
        plot.ShowLegend(Alignment.LowerRight);
        return new Picture(
            "propagation",
            "Time until a share of the honest peers that were running when a block was made had it: the median over "
            + "all blocks, and between which times eight tenths of them lie. Where the line ends, half of the blocks "
            + "never got so far; where the band reaches the right edge, a tenth of them.",
            plot);
    }

    private static Picture Percentiles(IReadOnlyList<BlockStatistics> blocks)
    {
        var plot = PlotTheme.New("Each block", "virtual time of its making (min)", "time until they had it (s)");
        var scale = PlotScale.For(
            blocks.SelectMany(block => new[] { block.Half, block.Most, block.All }).OfType<double>(),
            mayBeLogarithmic: true);
        Points(plot, "half of the peers", blocks, block => Place(block.Half), Palette.Blue, MarkerShape.FilledCircle);
        Points(plot, "nine tenths", blocks, block => Place(block.Most), Palette.Orange, MarkerShape.FilledSquare);
        Points(plot, "all", blocks, block => Place(block.All), Palette.Vermillion, MarkerShape.FilledTriangleUp);
        plot.Axes.AutoScale();
        if (scale.Ticks() is { } ticks)
        {
            plot.Axes.Left.TickGenerator = ticks;
        }
        else
        {
            plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        }

        plot.ShowLegend(Edge.Right);
        return new Picture(
            "blocks",
            "How long each block took to reach half, nine tenths and all of the honest peers that were running when it "
            + "was made; a mark is missing where it never did.",
            plot);

        double? Place(double? time) => time is { } seconds ? scale.Place(seconds) : null;
    }

    private static Picture Forks(IReadOnlyList<BlockStatistics> blocks)
    {
        var plot = PlotTheme.New("Chain and forks", "virtual time of its making (min)", "height of the block (blocks)");
        var (chain, stale) = (blocks.Where(block => block.OnChain), blocks.Where(block => !block.OnChain));
        Points(plot, "on the longest chain", chain, block => block.Height, Palette.Blue, MarkerShape.FilledCircle);
        Points(plot, "stale", stale, block => block.Height, Palette.Vermillion, MarkerShape.Eks);
        plot.ShowLegend(Alignment.UpperLeft);
        return new Picture(
            "forks", "Every block by its time and height; a stale one lost against another of its height.", plot);
    }

    private static void Points(
        Plot plot,
        string name,
        IEnumerable<BlockStatistics> blocks,
        Func<BlockStatistics, double?> value,
        Color color,
        MarkerShape shape)
    {
        var points = blocks.Where(block => value(block) is not null).ToArray();
        if (points.Length == 0)
        {
            return;
        }

        var markers = plot.Add.Markers(
            points.Select(block => block.MadeAt.TotalMinutes).ToArray(),
            points.Select(block => value(block)!.Value).ToArray(),
            shape,
            size: 7,
            color);
        markers.LegendText = name;
        markers.MarkerLineWidth = 2;
    }

    private static Picture Bars(
        string name,
        string title,
        string axis,
        string caption,
        IReadOnlyList<(string Name, double[] Values)> rows,
        string[] series)
    {
        var plot = PlotTheme.New(title, axis, "");
        var thickness = 0.8 / series.Length;
        for (var i = 0; i < series.Length; i++)
        {
            var offset = (((series.Length - 1) / 2.0) - i) * thickness;
            var bars = plot.Add.Bars(rows.Select((row, y) => new Bar
            {
                Position = y + offset,
                Value = row.Values[i],
                Size = thickness,
                FillColor = Palette.Of(i),
                LineWidth = 0,
                Orientation = Orientation.Horizontal,
            }).ToArray());
            if (series.Length > 1)
            {
                bars.LegendText = series[i];
            }
        }

        plot.Axes.Left.SetTicks([.. rows.Select((_, y) => (double)y)], [.. rows.Select(row => row.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Margins(left: 0);
        plot.Grid.YAxisStyle.IsVisible = false;
        if (series.Length > 1)
        {
            plot.ShowLegend(Alignment.LowerRight);
        }

        return new Picture(name, caption, plot) { Height = 120 + (rows.Count * 34) };
    }
}
