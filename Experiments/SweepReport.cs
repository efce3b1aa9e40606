using Blockchain.Experiments.Plots;

namespace Blockchain.Experiments;

/// <summary>
/// The page of an experiment: what was asked, what came out, how it was made, and how to make it again.
/// </summary>
internal static class SweepReport
{
    public const string NumbersNote = "Mean over the seeds, and in brackets its 95 % confidence interval. Of a time to "
        + "which some run never came, the median, and how many of the runs came to it.";

    /// <summary>A threshold so near to the least value is below it, or just there.</summary>
    private const double EndOfRange = 0.01;

    /// <param name="pictures">One for each measure drawn, in their order; then those of several measures.</param>
    public static ReportPage Of(
        Study study, SweepResult result, Summary summary, IReadOnlyList<Picture> pictures, Provenance provenance)
    {
        var (experiment, sweep) = (study.Experiment, study.Sweep);
        var page = new ReportPage($"Experiment: {experiment.Name}", experiment.Question);
        Warnings(page, result);
        page.Figures(
            (sweep.Column.Replace('_', ' '), $"{experiment.Parameter.Show(sweep.Cases[0].Value)} to "
                + $"{experiment.Parameter.Show(sweep.Cases[^1].Value)}"),
            ("values", Csv.Number(sweep.Cases.Count)),
            ("seeds for each", Csv.Number(sweep.Seeds)),
            ("runs finished", Csv.Number(result.Rows.Count)));

        var threshold = ThresholdText(experiment, result);
        if (pictures.Count > experiment.Drawn.Count || threshold is not null)
        {
            page.Section("What the numbers say");
        }

        foreach (var sentence in experiment.Teach(summary).Append(threshold).OfType<string>())
        {
            page.Paragraph(sentence);
        }

        foreach (var picture in pictures.Skip(experiment.Drawn.Count))
        {
            page.Picture(picture);
        }

        for (var i = 0; i < experiment.Drawn.Count; i++)
        {
            var drawn = experiment.Drawn[i];
            page.Section(drawn.Measure.Name)
                .Paragraph(Lesson.Of(summary, experiment.Parameter, drawn))
                .Picture(pictures[i]);
        }

        page.Section("The numbers").Paragraph(NumbersNote);
        page.Table(
            [experiment.Parameter.Label, "runs", .. experiment.Drawn.Select(drawn => drawn.Measure.Label)],
            [.. sweep.Cases.Select((one, index) => Row(experiment, summary, result, one, index))]);
        Method(
            page, study, $"Only one thing was changed: {experiment.Parameter.Label}. Each value",
            "all pairs of values that the sentence about a measure compares");
        return provenance.AddTo(page, study.Command);
    }

    /// <summary>In one sentence; null: there is none.</summary>
    public static string? ThresholdText(Experiment experiment, SweepResult result)
    {
        if (experiment.Threshold is not { } measure || result.Threshold is not { Count: > 0 } found)
        {
            return null;
        }

        var (parameter, least) = (experiment.Parameter, result.Sweep.Cases[0].Value);
        if (found.Mean - least < (result.Sweep.Cases[^1].Value - least) * EndOfRange)
        {
            return $"{measure.Name}: above zero at {parameter.Show(least)} already, the least value that was tried.";
        }

        return $"{measure.Name}: above zero from {parameter.Show(found.Mean)} on"
            + (found.IsKnown ? $", 95 % interval {parameter.Show(found.Low)} to {parameter.Show(found.High)}" : "")
            + $", found by bisection between {parameter.Show(result.Sweep.Cases[0].Value)} and "
            + $"{parameter.Show(result.Sweep.Cases[^1].Value)} with each of {found.Count} seeds.";
    }

    private static string[] Row(Experiment experiment, Summary summary, SweepResult result, Case one, int index) =>
    [
        experiment.Parameter.Show(one.Value),
        Csv.Number(result.Rows.Count(row => row.Case == index)),
        .. experiment.Drawn.Select(drawn => Cell(drawn.Measure, summary.Of(index, drawn.Measure))),
    ];

    /// <summary>"1.20 [1.00, 1.40]"; "3.1 [2.0, never]; 6 of 8" where two runs never came to it.</summary>
    public static string Cell(Measure measure, Interval interval)
    {
        var mean = measure.Number(interval.Mean);
        var band = interval.IsKnown ? $" [{measure.Number(interval.Low)}, {measure.Number(interval.High)}]" : "";
        return interval.Never == 0 ? mean + band : $"{mean}{band}; {Reached(interval)}";
    }

    /// <summary>"6 of 8".</summary>
    public static string Reached(Interval interval) =>
        FormattableString.Invariant($"{interval.Count - interval.Never} of {interval.Count}");

    /// <summary>What is to be known before all else: that runs are missing, or seeds.</summary>
    public static void Warnings(ReportPage page, SweepResult result)
    {
        if (!result.IsComplete)
        {
            page.Warning($"Interrupted: {result.Rows.Count} of {result.Sweep.Runs} runs were finished. What follows is "
                + "about these.");
        }

        if (result.Sweep.FewSeeds is { } few)
        {
            page.Warning(few);
        }

        if (result.Narrowing is { } narrowing)
        {
            page.Paragraph($"{narrowing} Seeds were added until then, so that the bands miss the true mean a little "
                + "more often than in one of twenty cases.");
        }
    }

    /// <param name="changed">What was, up to "was run with the seeds".</param>
    /// <param name="family">See <see cref="Provenance.CorrectionNote"/>.</param>
    public static void Method(ReportPage page, Study study, string changed, string family)
    {
        page.Section("How it was done")
            .Paragraph(study.BaseNote)
            .Paragraph(
                $"{changed} was run with the seeds 1 to {study.Sweep.Seeds}, the same for all: from the seed follow the "
                + "network, its links, the makers of the blocks and every chance. Each run is the program of the real "
                + "peers in virtual time, and the same configuration gives the same run, event by event.")
            .Paragraph(Provenance.IntervalNote)
            .Paragraph(Provenance.CorrectionNote(family));
    }
}
