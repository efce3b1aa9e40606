namespace Blockchain.Experiments;

/// <summary>Says in words what the numbers of a measure do when the parameter grows, and how sure that is.</summary>
internal static class Lesson
{
    /// <summary>
    /// From the least to the greatest value, and what lies beyond both in between; one or two sentences.
    /// </summary>
    public static string Of(Summary summary, Parameter parameter, Expectation expected)
    {
        var measure = expected.Measure;
        if (summary.With(measure) is not [var first, .., var last])
        {
            return $"{measure.Name}: too few values have it for a comparison.";
        }

        if (parameter.Names.Count > 0)
        {
            return OfNames(summary, parameter, measure);
        }

        var tests = new Tests(summary, measure);
        var paired = tests.Of(first, last);
        var change = paired.Interval;
        var (low, high) = (summary.Of(first, measure), summary.Of(last, measure));
        var way = !change.IsKnown ? "Goes"
            : !paired.IsClear ? "Does not clearly change:"
            : change.Mean > 0 ? "Rises" : "Falls";
        var text = $"{way} from {measure.Show(low.Mean)} at {Show(first)} to {measure.Show(high.Mean)} at {Show(last)}";
        text += change.IsKnown
            ? $" (difference {Difference(measure, change)}). "
            : " (with one seed only, this can be chance). ";
        return text + Verdict(expected, paired) + Between(summary, measure, tests, Show);

        string Show(int index) => parameter.Show(summary.Cases[index].Value);
    }

    /// <summary>Names have no order: the lowest, the highest, and which of them differ from the first.</summary>
    private static string OfNames(Summary summary, Parameter parameter, Measure measure)
    {
        var all = summary.With(measure).OrderBy(index => summary.Of(index, measure).Mean).ToArray();
        var (lowest, highest, first) = (all[0], all[^1], all.Min());
        var tests = new Tests(summary, measure);
        var unlike = all.Where(index => index != first && tests.Of(first, index).IsClear)
            .Select(index => $"{Name(index)} ({Difference(measure, tests.Of(first, index).Interval)})");
        var list = string.Join("; ", unlike);
        return $"Lowest with {Name(lowest)}: {Mean(lowest)}; highest with {Name(highest)}: {Mean(highest)}. "
            + (list.Length > 0 ? $"By more than chance, these differ from {Name(first)}: {list}."
                : $"None differs from {Name(first)} by more than chance.");

        string Name(int index) => parameter.Show(summary.Cases[index].Value);

        string Mean(int index) => measure.Show(summary.Of(index, measure).Mean);
    }

    /// <summary>"+1.20 s, 95 % interval +1.00 to +1.40".</summary>
    public static string Difference(Measure measure, Interval difference) => difference.IsKnown
        ? $"{Signed(measure, difference.Mean)}{Unit(measure, difference.Mean)}, 95 % interval "
            + $"{Signed(measure, difference.Low)} to {Signed(measure, difference.High)}"
        : Signed(measure, difference.Mean) + Unit(measure, difference.Mean);

    public static string Signed(Measure measure, double value) =>
        double.IsInfinity(value) ? value > 0 ? "to never" : "from never"
        : value > 0 ? "+" + measure.Number(value) : value < 0 ? "−" + measure.Number(-value) : measure.Number(value);

    // A difference of shares is in points: from 50 % to 60 % is not 10 % more.
    private static string Unit(Measure measure, double value) =>
        double.IsInfinity(value) ? ""
        : measure.IsShare ? " percentage points" : measure.Unit.Length == 0 ? "" : " " + measure.Unit;

    private static string Verdict(Expectation expected, PairedDifference paired)
    {
        var change = paired.Interval;
        if (expected.Trend == Trend.Open || !change.IsKnown)
        {
            return "";
        }

        var word = expected.Trend == Trend.Rises ? "rise" : "fall";
        if (!paired.IsClear)
        {
            return $"In theory it should {word}, because {expected.Why}; in these runs the change is within chance.";
        }

        var isAsExpected = change.Mean > 0 == (expected.Trend == Trend.Rises);
        return isAsExpected
            ? $"That is as expected: {expected.Why}."
            : $"In theory it should {word}, because {expected.Why}; these runs show the opposite.";
    }

    /// <summary>The greatest or smallest mean in between, if it is beyond both ends by more than chance.</summary>
    private static string Between(Summary summary, Measure measure, Tests tests, Func<int, string> show)
    {
        var inner = summary.With(measure).Skip(1).SkipLast(1).ToArray();
        if (inner.Length == 0)
        {
            return "";
        }

        var top = inner.MaxBy(index => summary.Of(index, measure).Mean);
        var bottom = inner.MinBy(index => summary.Of(index, measure).Mean);
        return IsBeyond(top, isAbove: true) ? $" In between it is higher: {Mean(top)} at {show(top)}."
            : IsBeyond(bottom, isAbove: false) ? $" In between it is lower: {Mean(bottom)} at {show(bottom)}."
            : "";

        string Mean(int index) => measure.Show(summary.Of(index, measure).Mean);

        bool IsBeyond(int index, bool isAbove) => new[] { summary.With(measure)[0], summary.With(measure)[^1] }
            .Select(end => tests.Of(end, index))
            .All(difference => difference.IsClear && difference.Interval.Mean > 0 == isAbove);
    }

    /// <summary>
    /// Each value against the first, and those in between against the last as well, corrected for the number of all these.
    /// </summary>
    private sealed class Tests
    {
        private readonly Dictionary<(int First, int Second), PairedDifference> _all;

        public Tests(Summary summary, Measure measure)
        {
            var with = summary.With(measure);
            (int First, int Second)[] pairs =
            [
                .. with.Skip(1).Select(index => (with[0], index)),
                .. with.Skip(1).SkipLast(1).Select(index => (with[^1], index)),
            ];
            _all = pairs.Zip(PairedDifference.Adjust(
                [.. pairs.Select(pair => summary.Paired(pair.First, pair.Second, measure))])).ToDictionary();
        }

        public PairedDifference Of(int first, int second) => _all[(first, second)];
    }
}
