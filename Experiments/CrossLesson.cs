namespace Blockchain.Experiments;

/// <summary>What one factor does at the ends of the other, and whether that is the same.</summary>
internal static class CrossLesson
{
    /// <summary>One paragraph for each measure, corrected for the number of comparisons in it.</summary>
    public static IReadOnlyList<string> Of(
        Study study, Experiment with, Summary summary, IReadOnlyList<Measure> measures)
    {
        var corners = new Corners(summary);
        return [.. measures.Select(measure => Of(
            study.Experiment.Parameter, with.Parameter, summary, corners, measure,
            PairedDifference.Adjust([.. corners.Tests(measure)])))];
    }

    private static string Of(
        Parameter first, Parameter second, Summary summary, Corners corners, Measure measure,
        IReadOnlyList<PairedDifference> tests)
    {
        var known = summary.With(measure);
        var lowest = known.MinBy(index => summary.Of(index, measure).Mean);
        var highest = known.MaxBy(index => summary.Of(index, measure).Mean);
        var (from, to) = (first.Named(corners.Low.Value), first.Show(corners.High.Value));
        var text = $"Lowest {Mean(lowest)}; highest {Mean(highest)}. From {from} to {to} it "
            + $"{Way(measure, tests[0])} with {second.Named(corners.Low.With!.Value.Value)}, and "
            + $"{Way(measure, tests[1])} with {second.Named(corners.High.With!.Value.Value)}.";
        return tests[2] switch
        {
            { P: double.NaN } => text,
            { IsClear: true } unlike => text + " So the effect of one depends on the other: these two changes differ "
                + $"by {Lesson.Difference(measure, unlike.Interval)}.",
            _ => text + " That the effect of one depends on the other is not clear.",
        };

        string Mean(int index) => $"{measure.Show(summary.Of(index, measure).Mean)} at "
            + $"{first.Named(summary.Cases[index].Value)}, {second.Named(summary.Cases[index].With!.Value.Value)}";
    }

    private static string Way(Measure measure, PairedDifference change) =>
        change.Interval.Count == 0 ? "has no value"
        : (change.IsClear ? change.Interval.Mean > 0 ? "rises" : "falls"
            : change.Interval.IsKnown ? "does not clearly change" : "changes")
            + $" ({Lesson.Difference(measure, change.Interval)})";

    /// <summary>Least and greatest value of both.</summary>
    private sealed class Corners(Summary summary)
    {
        private readonly int _last = summary.Cases.Count - 1;
        private readonly int _row = summary.Cases.Count(one => one.Value == summary.Cases[0].Value) - 1;

        public Case Low => summary.Cases[0];

        public Case High => summary.Cases[_last];

        /// <summary>
        /// The change of the first factor at the least value of the second, at the greatest, and how much more the second of
        /// these changes is (their interaction). That has no test where some run never came to a time.
        /// </summary>
        public IEnumerable<PairedDifference> Tests(Measure measure)
        {
            var (low, high) = ((0, _last - _row), (_row, _last));
            yield return summary.Paired(low.Item1, low.Item2, measure);
            yield return summary.Paired(high.Item1, high.Item2, measure);
            yield return summary.IsMedian(measure)
                ? new PairedDifference(Interval.Of([]), double.NaN)
                : PairedDifference.Of(Change(low, measure), Change(high, measure), isMedian: false);
        }

        private Dictionary<ulong, double?> Change((int First, int Second) ends, Measure measure)
        {
            var second = summary.BySeed(ends.Second, measure);
            return summary.BySeed(ends.First, measure).ToDictionary(
                row => row.Key, row => second.GetValueOrDefault(row.Key) - row.Value);
        }
    }
}
