namespace Blockchain.Experiments;

/// <summary>Runs a sweep, and goes on with more seeds while its rule asks for them.</summary>
/// <param name="Rule">Null: as many seeds as the sweep has.</param>
/// <param name="IsComparison">Whether the rule is about the difference of the two cases.</param>
internal sealed record SequentialSampling(StoppingRule? Rule, bool IsComparison)
{
    /// <param name="run">Makes the runs of a sweep; its result is not complete if that was interrupted.</param>
    /// <returns>All runs, with the number of seeds in the sweep.</returns>
    public async Task<SweepResult> RunAsync(Sweep sweep, Func<Sweep, Task<SweepResult>> run)
    {
        var result = await run(sweep);
        while (Rule is not null && result.IsComplete && result.Sweep.Seeds < Rule.MostSeeds
            && Rule.TooWide(result, IsComparison).Count > 0)
        {
            var seeds = Rule.Next(result.Sweep.Seeds);
            var more = await run(sweep with { Seeds = seeds, Done = result.Sweep.Seeds });
            result = new SweepResult(
                sweep with { Seeds = seeds },
                [.. result.Rows.Concat(more.Rows).OrderBy(row => row.Case).ThenBy(row => row.Seed)]);
        }

        return result;
    }

    /// <summary>What came of the rule; null: there is none.</summary>
    public string? Text(SweepResult result) => Rule?.Text(result, IsComparison);
}
