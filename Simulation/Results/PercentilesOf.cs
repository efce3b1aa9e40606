using System.Runtime.InteropServices;
using Blockchain.Events;

namespace Blockchain.Simulation.Results;

internal static class PercentilesOf
{
    public static Percentiles Sample(List<double> values) => Sample(values, values.Count);

    /// <summary>Of times until something happened, where it happened; where it never did, it took longer.</summary>
    /// <param name="all">How many there are, those included where it never happened.</param>
    public static Percentiles Sample(List<double> values, int all)
    {
        if (all == 0)
        {
            return Percentiles.None;
        }

        values.Sort();
        var mean = values.Count == all ? values.Average() : (double?)null;
        return new Percentiles(all, mean, At(0.1), At(0.5), At(0.9), At(0.99), At(Spread.All));

        double? At(double share) => Spread.Until<double>(CollectionsMarshal.AsSpan(values), share, all);
    }
}
