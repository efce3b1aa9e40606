namespace Blockchain.Experiments;

/// <summary>How much fan-out is enough, and which messages the redundant ones are.</summary>
internal static class FanoutLesson
{
    /// <summary>As good as all.</summary>
    private const double NearlyAll = 0.99;

    public static IEnumerable<string> Of(Summary summary)
    {
        if (summary.With(Measures.InTime) is not [_, _, ..] cases)
        {
            yield break;
        }

        yield return Enough(summary, cases);
        if (Dearest(summary, cases[^1]) is { } dearest)
        {
            yield return dearest;
        }

        if (Slope(summary, cases[0], cases[^1]) is { } slope)
        {
            yield return slope;
        }
    }

    private static string Enough(Summary summary, IReadOnlyList<int> cases)
    {
        var most = cases[^1];
        foreach (var index in cases)
        {
            if (summary.Of(index, Measures.InTime).Mean < NearlyAll)
            {
                continue;
            }

            var text = $"A fan-out of {summary.Cases[index].Label} is the smallest that delivers 99 % of the blocks "
                + $"in time ({Show(summary, index, Measures.InTime)}), at {Show(summary, index, Measures.Redundancy)} "
                + "copies received for each useful one.";
            return index == most
                ? text
                : text + $" At {summary.Cases[most].Label} it is {Show(summary, most, Measures.InTime)} for "
                    + $"{Show(summary, most, Measures.Redundancy)} copies, and half of the peers have a block after "
                    + $"{Show(summary, most, Measures.Half)} in place of {Show(summary, index, Measures.Half)}.";
        }

        var best = cases.MaxBy(index => summary.Of(index, Measures.InTime).Mean);
        return $"No fan-out that was tried delivers 99 % of the blocks in time; the best, {summary.Cases[best].Label}, "
            + $"delivers {Show(summary, best, Measures.InTime)}.";
    }

    private static string? Dearest(Summary summary, int index)
    {
        (string Name, Measure Measure)[] kinds =
        [
            ("announcements (INV)", Measures.CopiesOfInv),
            ("transactions (TX)", Measures.CopiesOfTransactions),
            ("blocks (BLOCK)", Measures.CopiesOfBlocks),
        ];
        var known = kinds.Where(kind => summary.Of(index, kind.Measure).Count > 0)
            .OrderByDescending(kind => summary.Of(index, kind.Measure).Mean)
            .Select(kind => $"{kind.Name} {Show(summary, index, kind.Measure)}")
            .ToArray();
        return known.Length == 0
            ? null
            : $"Copies received for each useful one at a fan-out of {summary.Cases[index].Label}, by kind: "
                + $"{string.Join(", ", known)}. "
                + "The sender of an announcement or a transaction does not know whether the receiver has it already; "
                + "a block is sent only to peers that ask for it.";
    }

    private static string? Slope(Summary summary, int first, int last)
    {
        var wider = summary.Cases[last].Value - summary.Cases[first].Value;
        var more = summary.Difference(first, last, Measures.Redundancy);
        return more.ExcludesZero && wider > 0
            ? FormattableString.Invariant($"Each further peer that is told adds {more.Mean / wider:0.00} ")
                + "copies for each useful one, on average: one would be enough for a peer, "
                + "but every peer that has the news tells as many others as the fan-out says."
            : null;
    }

    private static string Show(Summary summary, int index, Measure measure) =>
        measure.Show(summary.Of(index, measure).Mean);
}
