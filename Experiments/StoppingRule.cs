namespace Blockchain.Experiments;

/// <summary>
/// More seeds until the confidence bands of a measure are narrow enough: sequential sampling with a fixed width (Y. S.
/// Chow and H. Robbins, "On the asymptotic theory of fixed-width sequential confidence intervals for the mean", Annals of
/// Mathematical Statistics 36, 1965). Such a band misses the true mean a little more often than it says, since a sample
/// whose spread is small by chance ends early; the least number of seeds and few looks keep that small.
/// </summary>
/// <param name="Width">From the lower end to the upper one, as a share of the mean.</param>
/// <param name="MostSeeds">After so many it ends, however wide the bands are.</param>
internal sealed record StoppingRule(Measure Measure, double Width, int MostSeeds)
{
    /// <summary>Half as many again as there are, so that there are few looks.</summary>
    private const double Growth = 1.5;

    /// <summary>What was asked for; null: no such rule, or what is wrong was added to the problems.</summary>
    /// <param name="main">The measure, if none was asked for.</param>
    public static StoppingRule? Of(ExperimentOptions options, Measure main, List<string> problems)
    {
        if (options.UntilWidth is not { } width)
        {
            if (options.Of is not null)
            {
                problems.Add("--of: say with --until-width how narrow its bands shall be.");
            }

            return null;
        }

        var measure = options.Of is null ? main : Measures.All.FirstOrDefault(one => one.Key == options.Of);
        if (measure is null)
        {
            problems.Add($"--of: there is no measure \"{options.Of}\". There are: "
                + $"{string.Join(", ", Measures.All.Select(one => one.Key))}.");
            return null;
        }

        if (options.Seeds > options.MostSeeds)
        {
            problems.Add($"--most-seeds {options.MostSeeds} is below --seeds {options.Seeds}.");
        }

        return new StoppingRule(measure, width, options.MostSeeds);
    }

    /// <summary>How many seeds to go on to.</summary>
    public int Next(int seeds) => (int)Math.Min(MostSeeds, Math.Ceiling(seeds * Growth));

    /// <summary>Whether a band is narrow enough.</summary>
    /// <param name="mean">Of which its width is a share.</param>
    public bool IsMet(Interval interval, double mean) =>
        interval.Low == interval.High || interval.High - interval.Low <= Width * Math.Abs(mean);

    /// <summary>Cases whose bands are too wide; in a comparison the second, if the difference is not known well enough.</summary>
    public IReadOnlyList<Case> TooWide(SweepResult result, bool isComparison)
    {
        var summary = new Summary(result);
        return
        [
            .. summary.Cases.Where((_, index) => isComparison
                ? index == 1 && !IsMet(summary.Difference(0, 1, Measure), summary.Of(0, Measure).Mean)
                : !IsMet(summary.Of(index, Measure), summary.Of(index, Measure).Mean)),
        ];
    }

    /// <summary>What came of it, in one sentence.</summary>
    public string Text(SweepResult result, bool isComparison)
    {
        var what = $"{Measure.Name}: the 95 % band{(isComparison ? " of the difference" : "")} is at most "
            + FormattableString.Invariant($"{Width * 100:0.##} % of the mean")
            + $"{(isComparison ? " of the first" : "")} wide";
        var wide = TooWide(result, isComparison);
        return wide.Count == 0
            ? $"{what} after {result.Sweep.Seeds} seeds{(isComparison ? "" : ", for every value")}."
            : $"Not reached after {result.Sweep.Seeds} seeds{(isComparison ? "" : $" for "
                + $"{string.Join("; ", wide.Select(one => one.Name(result.Sweep)))}")}. Asked for: {what}.";
    }

    /// <summary>As it is written in a command.</summary>
    public IEnumerable<string> Words() =>
    [
        "--until-width", FormattableString.Invariant($"{Width * 100:0.######}%"), "--of", Measure.Key,
        "--most-seeds", Csv.Number(MostSeeds),
    ];
}
