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

        // The smallest value that this share of the sample does not exceed.
        double At(double share) => values[Math.Max(0, (int)Math.Ceiling(share * values.Count) - 1)];
    }
}
