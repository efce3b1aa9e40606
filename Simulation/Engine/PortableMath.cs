namespace Blockchain.Simulation.Engine;

/// <summary>
/// Logarithm and exponential from IEEE 754's four operations alone, which give the same bits on every machine; those of
/// the platform's library may differ in the last one.
/// </summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417;
    private const long MantissaMask = 0x000F_FFFF_FFFF_FFFF;

    /// <summary>Natural logarithm of a positive, normal number; relative error below 1e-13.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & MantissaMask) | 0x3FF0_0000_0000_0000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh z with z = (m - 1) / (m + 1), |z| < 0.172: the series to z^17.
        var z = (m - 1) / (m + 1);
        var q = z * z;
        var series = 1 + (q * ((1.0 / 3) + (q * ((1.0 / 5) + (q * ((1.0 / 7) + (q * ((1.0 / 9)
            + (q * ((1.0 / 11) + (q * ((1.0 / 13) + (q * ((1.0 / 15) + (q * (1.0 / 17))))))))))))))));
        return (exponent * Ln2) + (2 * z * series);
    }

    /// <summary>e to the power of x, for |x| below 700; relative error below 1e-12.</summary>
    public static double Exp(double x)
    {
        var k = (int)Math.Floor((x * (1 / Ln2)) + 0.5);
        var r = x - (k * Ln2);

        // |r| < 0.35: the series to r^11.
        var sum = 1 + (r * (1 + (r * ((1.0 / 2) + (r * ((1.0 / 6) + (r * ((1.0 / 24) + (r * ((1.0 / 120)
            + (r * ((1.0 / 720) + (r * ((1.0 / 5_040) + (r * ((1.0 / 40_320) + (r * ((1.0 / 362_880)
            + (r * ((1.0 / 3_628_800) + (r * (1.0 / 39_916_800))))))))))))))))))))));

        return sum * BitConverter.Int64BitsToDouble((k + 1023L) << 52);
    }

    /// <summary>An exponential variate of mean 1 from a uniform one in [0, 1).</summary>
    public static double Exponential(double uniform) => -Log(1 - uniform);

    /// <summary>
    /// A standard normal variate from uniform ones: the sum of twelve, less six (Irwin and Hall), which is near enough
    /// for what is drawn here and needs no sine.
    /// </summary>
    public static double Normal(Shared.SeededRandom random)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }
}
