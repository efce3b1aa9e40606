using Blockchain.Lab.Network;

namespace Blockchain.Lab.Fidelity;

/// <summary>How long blocks took, in seconds.</summary>
/// <param name="Blocks">How many there were.</param>
/// <param name="Half">Until half of the honest peers had one, its maker included; the median over the blocks.</param>
/// <param name="Most">Until nine tenths had it, likewise.</param>
/// <param name="DelayP50">Of all arrivals of all blocks at peers other than the maker: the median.</param>
/// <param name="DelayP90">The same, and nine tenths of them are no later.</param>
internal sealed record Spread(int Blocks, double Half, double Most, double DelayP50, double DelayP90)
{
    private const double Median = 0.5;
    private const double NineTenths = 0.9;

    /// <param name="arrivals">Of each honest peer: what is in its tree, and since when.</param>
    /// <param name="makers">Whose blocks count: the honest peers.</param>
    /// <param name="from">Only blocks made from here on count; Unix seconds.</param>
    /// <param name="to">And before here.</param>
    public static Spread Of(IReadOnlyList<IReadOnlyList<Arrival>> arrivals, IReadOnlySet<string> makers, double from, double to)
    {
        var blocks = arrivals
            .SelectMany(peer => peer)
            .Where(arrival => makers.Contains(arrival.Sender) && arrival.Timestamp >= from && arrival.Timestamp < to)
            .GroupBy(arrival => arrival.BlockId, arrival => Math.Max(0, arrival.Accepted - arrival.Timestamp))
            .Select(block => block.Order().ToArray())
            .ToArray();
        return new Spread(
            blocks.Length,
            Quantile([.. blocks.Select(block => Until(block, Median)).OfType<double>()], Median),
            Quantile([.. blocks.Select(block => Until(block, NineTenths)).OfType<double>()], Median),
            Quantile([.. blocks.SelectMany(block => block.Skip(1))], Median),
            Quantile([.. blocks.SelectMany(block => block.Skip(1))], NineTenths));

        double? Until(double[] block, double share) =>
            (int)Math.Ceiling(share * arrivals.Count) is var needed && needed <= block.Length ? block[needed - 1] : null;
    }

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[Math.Max(0, (int)Math.Ceiling(share * values.Length) - 1)];
    }
}
