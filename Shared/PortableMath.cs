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
    /// The value below which a standard normal variate stays with this probability, to seven digits: PPND7 of M. J.
    /// Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988). At 0
    /// the one of the smallest step of a uniform number.
    /// </summary>
    public static double NormalQuantile(double probability)
    {
        const double smallest = 1.0 / (1UL << 54);
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q * ((((((59.109374720 * r) + 159.29113202) * r) + 50.434271938) * r) + 3.3871327179)
                / ((((((67.187563600 * r) + 78.757757664) * r) + 17.895169469) * r) + 1);
        }

        var tail = Math.Sqrt(-Log(Math.Max(smallest, q < 0 ? probability : 1 - probability)));
        return q < 0 ? -Tail(tail) : Tail(tail);

        static double Tail(double x) => x <= 5
            ? ((((((0.17023821103 * (x - 1.6)) + 1.3067284816) * (x - 1.6)) + 2.7568153900) * (x - 1.6)) + 1.4234372777)
                / ((((0.12021132975 * (x - 1.6)) + 0.73700164250) * (x - 1.6)) + 1)
            : ((((((0.017337203997 * (x - 5)) + 0.42868294337) * (x - 5)) + 3.0812263860) * (x - 5)) + 6.6579051150)
                / ((((0.012258202635 * (x - 5)) + 0.24197894225) * (x - 5)) + 1);
    }

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
