using Blockchain.Experiments.Plots;

namespace Blockchain.Experiments;

/// <summary>The page of an experiment with two factors.</summary>
internal static class CrossReport
{
    /// <param name="pictures">One for each of <see cref="Measured"/>.</param>
    public static ReportPage Of(
        Study study, Experiment with, SweepResult result, Summary summary, IReadOnlyList<Picture> pictures,
        Provenance provenance)
    {
        var (sweep, measures) = (result.Sweep, Measured(study, summary).ToArray());
        var page = new ReportPage(
            $"Experiment: {study.Experiment.Name} with {with.Name}",
            $"{study.Experiment.Question} Changed as well: {with.Parameter.Label}.");
        SweepReport.Warnings(page, result);
        page.Figures(
            Values(sweep.Columns.First(), study.Experiment.Parameter, sweep.Cases.Select(one => one.Value)),
            Values(sweep.Columns.Last(), with.Parameter, sweep.Cases.Select(one => one.With!.Value.Value)),
            ("seeds for each pair", Csv.Number(sweep.Seeds)),
            ("runs finished", Csv.Number(result.Rows.Count)));
        var sentences = CrossLesson.Of(study, with, summary, measures);
        for (var i = 0; i < measures.Length; i++)
        {
            page.Section(measures[i].Name).Paragraph(sentences[i]).Picture(pictures[i]);
        }

        page.Section("The numbers").Paragraph(SweepReport.NumbersNote);
        page.Table(
            [
                study.Experiment.Parameter.Label, with.Parameter.Label, "runs",
                .. measures.Select(measure => measure.Label),
            ],
            [
                .. sweep.Cases.Select((one, index) => (string[])
                [
                    study.Experiment.Parameter.Show(one.Value),
                    with.Parameter.Show(one.With!.Value.Value),
                    Csv.Number(result.Rows.Count(row => row.Case == index)),
                    .. measures.Select(measure => SweepReport.Cell(measure, summary.Of(index, measure))),
                ]),
            ]);
        SweepReport.Method(
            page, study, $"Two things were changed: {study.Experiment.Parameter.Label}, and {with.Parameter.Label}. "
                + "Each pair of values",
            "the three comparisons in each sentence of this page");
        return provenance.AddTo(page, study.Command);
    }

    /// <summary>Measures drawn that some run has.</summary>
    public static IEnumerable<Measure> Measured(Study study, Summary summary) =>
        study.Drawn.Where(measure => summary.With(measure).Count > 0);

    private static (string Name, string Value) Values(string column, Parameter parameter, IEnumerable<double> values)
    {
        var all = values.ToArray();
        return (column.Replace('_', ' '), $"{parameter.Show(all.Min())} to {parameter.Show(all.Max())}");
    }
}
