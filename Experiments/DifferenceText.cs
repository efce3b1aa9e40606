namespace Blockchain.Experiments;

/// <summary>Differences of several measures in words, and in cells of a table.</summary>
internal static class DifferenceText
{
    private const double LeastShown = 0.0001;

    /// <summary>One for each clear difference, and one for all others together.</summary>
    public static IEnumerable<string> Sentences(
        string first, string second, IReadOnlyDictionary<Measure, PairedDifference> differences)
    {
        var (same, unclear, single) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (measure, difference) in differences)
        {
            if (difference.IsNone)
            {
                same.Add(measure.Name);
            }
            else if (!difference.Interval.IsKnown && difference.Interval.Count == 1)
            {
                single.Add($"{measure.Name} ({Lesson.Difference(measure, difference.Interval)})");
            }
            else if (!difference.IsClear)
            {
                unclear.Add(measure.Name);
            }
            else
            {
                yield return $"{measure.Name}: {(difference.Interval.Mean > 0 ? "higher" : "lower")} with {second} "
                    + $"than with {first}, by {Lesson.Difference(measure, difference.Interval)}.";
            }
        }

        if (single.Count > 0)
        {
            yield return $"With one pair only, so that it can be chance: {string.Join("; ", single)}.";
        }

        if (same.Count > 0)
        {
            yield return $"Exactly the same in both: {string.Join("; ", same)}.";
        }

        if (unclear.Count > 0)
        {
            yield return $"No difference beyond chance: {string.Join("; ", unclear)}.";
        }
    }

    /// <summary>Difference with its interval, p, p after Holm, and whether it is clear.</summary>
    public static string[] Cells(Measure measure, PairedDifference difference)
    {
        var (interval, mean) = (difference.Interval, Lesson.Signed(measure, difference.Interval.Mean));
        return
        [
            interval.IsKnown
                ? $"{mean} [{Lesson.Signed(measure, interval.Low)}, {Lesson.Signed(measure, interval.High)}]"
                : mean,
            P(difference.P),
            P(difference.Adjusted),
            difference.IsClear ? "yes" : "no",
        ];
    }

    private static string P(double value) => double.IsNaN(value) ? "–"
        : value < LeastShown ? "< 0.0001"
        : FormattableString.Invariant($"{value:0.0000}");
}
