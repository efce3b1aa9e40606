namespace Blockchain.Experiments.Attacks;

/// <summary>What must hold whatever anybody does.</summary>
/// <param name="Usual">As it is without an attack.</param>
internal sealed record Promises(AttackFigures Usual)
{
    public const long MostBytes = 150 * 1024 * 1024;

    public const double LongestPing = 1;

    public const double LongestBlock = 3;

    /// <summary>By how much a chain may be ahead of what is measured of another a moment later.</summary>
    public const int HeadersOnTheirWay = 6;

    public static TimeSpan HealsWithin { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times as long as usual a block took.</summary>
    public double BlockRatio(AttackFigures figures) => figures.BlockDelay / Usual.BlockDelay;

    /// <summary>What did not hold, in a word each.</summary>
    public IEnumerable<string> Broken(AttackFigures figures)
    {
        if (figures.Bytes >= MostBytes)
        {
            yield return "memory";
        }

        if (figures.PingWorstMedian >= LongestPing)
        {
            yield return "PING";
        }

        if (!(BlockRatio(figures) < LongestBlock))
        {
            yield return "blocks";
        }

        if (figures.Banned.Count > 0)
        {
            yield return "bans";
        }

        if (figures.FalseHeaders > HeadersOnTheirWay)
        {
            yield return "false chain";
        }

        if (!(figures.HealedAfter < HealsWithin.TotalSeconds))
        {
            yield return "healing";
        }

        if (figures.Died.Count > 0)
        {
            yield return "died";
        }
    }
}
