using System.Runtime.InteropServices;
using Blockchain.Shared.Observation;

namespace Blockchain.Simulation.Results;

internal static class PercentilesOf
{
    public static Percentiles Sample(List<double> values)
    {
        if (values.Count == 0)
        {
            return Percentiles.None;
        }

        values.Sort();
        return new Percentiles(
            values.Count, values.Average(), At(0.1), At(0.5), At(0.9), At(0.99), values[^1]);

        double At(double share) => Spread.Quantile<double>(CollectionsMarshal.AsSpan(values), share)!.Value;
    }
}
