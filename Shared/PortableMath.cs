namespace Blockchain.Shared;

/// <summary>
/// Logarithm and exponential from IEEE 754's four operations alone, which give the same bits on every machine; those of
/// the platform's library may differ in the last one. Even and odd powers of a series are summed apart, since a
/// processor
/// computes the two side by side.
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
        var p = q * q;
        var even = 1 + (p * ((1.0 / 5) + (p * ((1.0 / 9) + (p * ((1.0 / 13) + (p * (1.0 / 17))))))));
        var odd = (1.0 / 3) + (p * ((1.0 / 7) + (p * ((1.0 / 11) + (p * (1.0 / 15))))));
        var series = even + (q * odd);
        return (exponent * Ln2) + (2 * z * series);
    }

    /// <summary>e to the power of x, for |x| below 700; relative error below 1e-12.</summary>
    public static double Exp(double x)
    {
        var k = (int)Math.Floor((x * (1 / Ln2)) + 0.5);
        var r = x - (k * Ln2);

        // |r| < 0.35: the series to r^11.
        var q = r * r;
        var even = 1 + (q * ((1.0 / 2) + (q * ((1.0 / 24) + (q * ((1.0 / 720) + (q * ((1.0 / 40_320)
            + (q * (1.0 / 3_628_800))))))))));
        var odd = 1 + (q * ((1.0 / 6) + (q * ((1.0 / 120) + (q * ((1.0 / 5_040) + (q * ((1.0 / 362_880)
            + (q * (1.0 / 39_916_800))))))))));
        var sum = even + (r * odd);
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
