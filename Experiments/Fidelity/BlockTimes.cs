using Blockchain.Events;
using Blockchain.NodeApi;

namespace Blockchain.Experiments.Fidelity;

/// <summary>How long blocks took, in seconds.</summary>
/// <param name="Count">How many blocks there were.</param>
/// <param name="Half">
/// Until half of the honest peers had one, its maker included; the median over the blocks. Infinite: most blocks never
/// got so far.
/// </param>
/// <param name="Most">Until nine tenths had it, likewise.</param>
/// <param name="DelayP50">Of all arrivals of all blocks at peers other than the maker: the median.</param>
/// <param name="DelayP90">The same, and nine tenths of them are no later.</param>
internal sealed record BlockTimes(int Count, double Half, double Most, double DelayP50, double DelayP90)
{
    /// <param name="arrivals">Of each honest peer: what is in its tree, and since when.</param>
    /// <param name="makers">Whose blocks count: the honest peers.</param>
    /// <param name="from">Only blocks made from here on count; Unix seconds.</param>
    /// <param name="to">And before here.</param>
    public static BlockTimes Of(
        IReadOnlyList<IReadOnlyList<Arrival>> arrivals, IReadOnlySet<string> makers, double from, double to)
    {
        var blocks = arrivals
            .SelectMany(peer => peer)
            .Where(arrival => makers.Contains(arrival.Sender) && arrival.Timestamp >= from && arrival.Timestamp < to)
            .GroupBy(arrival => arrival.BlockId, arrival => Math.Max(0, arrival.Accepted - arrival.Timestamp))
            .Select(block => block.Order().ToArray())
            .ToArray();
        return new BlockTimes(
            blocks.Length,
            MedianUntil(Spread.Half),
            MedianUntil(Spread.Most),
            Quantile(blocks.SelectMany(block => block.Skip(1)), Spread.Half),
            Quantile(blocks.SelectMany(block => block.Skip(1)), Spread.Most));

        double MedianUntil(double share) => Quantile(
            blocks.Select(block => Spread.Until<double>(block, share, arrivals.Count) ?? double.PositiveInfinity),
            Spread.Half);
    }

    private static double Quantile(IEnumerable<double> values, double share) =>
        Spread.Quantile<double>(values.Order().ToArray(), share) ?? double.NaN;
}
