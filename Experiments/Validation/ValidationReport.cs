using System.Globalization;
using System.Text;
using Blockchain.Experiments.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;
using Palette = Blockchain.Experiments.Plots.Palette;

namespace Blockchain.Experiments.Validation;

/// <summary>The truth page: every claim with its source, our figure and the verdict.</summary>
internal static class ValidationReport
{
    public const string MarkdownFile = "validation.md";

    private const int HeightOfRow = 26;
    private const int HeightAround = 120;

    private static readonly string[] Columns = ["quantity", "in", "source", "published", "ours", "verdict"];

    public static void Write(string folder, ValidationPlan plan, IReadOnlyList<Judged> rows, Provenance provenance)
    {
        Directory.CreateDirectory(folder);
        var picture = Picture(rows);
        picture.Write(folder);
        File.WriteAllText(
            Path.Combine(folder, MarkdownFile),
            Markdown(rows),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Page(plan, rows, picture, provenance).Write(Path.Combine(folder, ResultFolder.Report));
    }

    /// <summary>"12 agree, 1 open, 2 differ for a known reason, 0 fail".</summary>
    public static string Total(IReadOnlyList<Judged> rows) =>
        $"{Count(rows, Verdict.Agrees)} agree, {Count(rows, Verdict.Open)} open, "
        + $"{Count(rows, Verdict.Differs)} differ for a known reason, {Count(rows, Verdict.Fails)} fail";

    public static string Ours(Judged row) => row.Ours.IsKnown
        ? $"{Target.Number(row.Ours.Mean)} [{Target.Number(row.Ours.Low)}, {Target.Number(row.Ours.High)}]"
        : Target.Number(row.Ours.Mean);

    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Agrees => "agrees",
        Verdict.Open => "open",
        Verdict.Differs => "differs",
        _ => "fails",
    };

    private static string Count(IReadOnlyList<Judged> rows, Verdict verdict) =>
        rows.Count(row => row.Verdict == verdict).ToString(CultureInfo.InvariantCulture);

    private static string[] Cells(Judged row) =>
    [
        row.Claim.Quantity + (row.Claim.Unit.Length == 0 ? "" : $" ({row.Claim.Unit})"), row.Claim.Network,
        row.Claim.Source, row.Claim.Target.Text, Ours(row), Word(row.Verdict),
    ];

    private static ReportPage Page(
        ValidationPlan plan, IReadOnlyList<Judged> rows, Picture picture, Provenance provenance)
    {
        var page = new ReportPage(
            "Held against what is published", "Do the simulator's numbers agree with measurements, closed forms and "
            + "other simulators?");
        page.Figures(
            ("agree", Count(rows, Verdict.Agrees)), ("open", Count(rows, Verdict.Open)),
            ("differ, and why is known", Count(rows, Verdict.Differs)),
            ("fail", Count(rows, Verdict.Fails)), ("runs", Csv.Number(plan.Sweep.Runs)));
        page.Picture(picture);
        page.Section("All claims").Paragraph(
            $"Ours: the mean over {plan.Sweep.Seeds} seeds, in brackets its 95 % confidence interval. A claim agrees "
            + "if our mean is in the published range, or a closed form in our interval. It is open if only the "
            + "interval reaches into the range.");
        page.Table(Columns, [.. rows.Select(Cells)]);
        page.Section("Where we differ, and why");
        foreach (var (why, quantities) in Reasons(rows))
        {
            page.Paragraph($"{quantities}: {why}");
        }

        return page.Section("How to repeat it").Code("validate").Paragraph(
            $"Made with Lab {Provenance.Program}, {Provenance.Runtime} on {Provenance.System}, in "
            + FormattableString.Invariant($"{provenance.Took.TotalSeconds:0} s."));
    }

    private static IEnumerable<(string Why, string Quantities)> Reasons(IReadOnlyList<Judged> rows) => rows
        .Where(row => row.Verdict == Verdict.Differs)
        .GroupBy(row => row.Claim.WhyItDiffers!, row => row.Claim.Quantity)
        .Select(group => (group.Key, string.Join("; ", group.Distinct())));

    private static string Markdown(IReadOnlyList<Judged> rows)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", Columns).Append(" |\n|");
        text.Insert(text.Length, "---|", Columns.Length).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", Cells(row)).Append(" |\n");
        }

        text.Append('\n');
        foreach (var (why, quantities) in Reasons(rows))
        {
            text.Append("- **").Append(quantities).Append(".** ").Append(why).Append('\n');
        }

        return text.ToString();
    }

    private static Picture Picture(IReadOnlyList<Judged> rows)
    {
        var shown = rows.Where(row => row.Ours.Mean > 0 && row.Claim.Target.Value > 0).ToArray();
        var plot = PlotTheme.New("Ours against what is published", "ours / published", "");
        for (var i = 0; i < shown.Length; i++)
        {
            Add(plot, shown[i], shown.Length - 1 - i);
        }

        var one = plot.Add.VerticalLine(0, 1, Palette.Muted, LinePattern.Dashed);
        one.EnableAutoscale = true;
        double[] ticks = [0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10];
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. ticks.Select(tick => Math.Log(tick))],
            [.. ticks.Select(tick => tick.ToString(CultureInfo.InvariantCulture))]);
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. shown.Select((_, i) => (double)(shown.Length - 1 - i))],
            [.. shown.Select(row => Short($"{row.Claim.Quantity}, {row.Claim.Network}"))]);
        plot.Axes.SetLimitsY(-1, shown.Length);
        return new Picture(
            "validation",
            "Our figure as a multiple of the published one, with its 95 % interval. Light bars: what agrees. Blue: it "
            + "agrees; grey: open; orange: it differs for a known reason; red: it fails.",
            plot)
        { Width = 1_100, Height = (shown.Length * HeightOfRow) + HeightAround };
    }

    private static void Add(Plot plot, Judged row, double place)
    {
        var (target, ours) = (row.Claim.Target, row.Ours);
        var color = row.Verdict switch
        {
            Verdict.Agrees => Palette.Blue,
            Verdict.Open => Palette.Muted,
            Verdict.Differs => Palette.Orange,
            _ => Palette.Vermillion,
        };
        var low = Math.Max(target.Low, target.Value / 10);
        var allowed = plot.Add.Line(Place(low), place, Place(target.High), place);
        allowed.LineStyle = new LineStyle(12, Palette.Blue.WithAlpha(0.18));
        if (ours.IsKnown)
        {
            var band = plot.Add.Line(Place(Math.Max(ours.Low, ours.Mean / 10)), place, Place(ours.High), place);
            band.LineStyle = new LineStyle(2, color);
        }

        plot.Add.Marker(Place(ours.Mean), place, MarkerShape.FilledCircle, 8, color);

        double Place(double value) => Math.Log(value / target.Value);
    }

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 79), "…");
}
