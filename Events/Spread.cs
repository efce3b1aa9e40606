namespace Blockchain.Events;

/// <summary>
/// How far and how fast something spreads: one rule for simulations and for networks that are watched.
/// </summary>
public static class Spread
{
    /// <summary>Half of the peers, the median of a sample.</summary>
    public const double Half = 0.5;

    /// <summary>Nine tenths.</summary>
    public const double Most = 0.9;

    public const double All = 1;

    // Far less than one of all, far more than what is lost in a product of doubles: 0.07 of 100 is 7.000000000000001.
    private const double Rounding = 1e-9;

    /// <summary>
    /// Whether a block counts as late, or as lost, while a peer does not have it. Peers that come later, are down or
    /// malicious when it is made do not make it late.
    /// </summary>
    /// <param name="isRunning">When the block was made.</param>
    /// <param name="isHonest">It was never malicious until then.</param>
    /// <param name="isMaker">It made the block itself, and may have been malicious once.</param>
    public static bool IsMeantFor(bool isRunning, bool isHonest, bool isMaker) => isRunning && (isHonest || isMaker);

    /// <summary>
    /// The value by which so large a share of all had arrived: the smallest that the share does not exceed.
    /// </summary>
    /// <param name="ascending">One value for each that arrived.</param>
    /// <param name="share">0..1; nobody has to wait for a share of 0.</param>
    /// <param name="all">How many there are, arrived or not.</param>
    /// <returns>Null if so many have not.</returns>
    public static T? Until<T>(ReadOnlySpan<T> ascending, double share, int all)
        where T : struct
    {
        var needed = Math.Max(1, (int)Math.Ceiling((share * all) - Rounding));
        return all > 0 && needed <= ascending.Length ? ascending[needed - 1] : null;
    }

    /// <summary>The quantile of a sample, without interpolation; null if it is empty.</summary>
    /// <param name="share">0..1.</param>
    public static T? Quantile<T>(ReadOnlySpan<T> ascending, double share)
        where T : struct =>
        Until(ascending, share, ascending.Length);
}
