namespace Blockchain.Shared.Wire;

/// <summary>Polynomials over GF(2^32): coefficients from the lowest power on, the last of them not zero.</summary>
internal static class Gf32Polynomial
{
    /// <summary>
    /// The shortest linear recurrence that makes a sequence, as its connection polynomial: the algorithm of Berlekamp
    /// and Massey (J. Massey, "Shift-register synthesis and BCH decoding", 1969).
    /// </summary>
    public static uint[] Shortest(ReadOnlySpan<uint> sequence)
    {
        uint[] current = [1];
        uint[] previous = [1];
        var (length, gap, lastDiscrepancy) = (0, 1, 1u);
        for (var n = 0; n < sequence.Length; n++)
        {
            var discrepancy = sequence[n];
            for (var i = 1; i < current.Length && i <= length; i++)
            {
                discrepancy ^= Gf32.Multiply(current[i], sequence[n - i]);
            }

            if (discrepancy == 0)
            {
                gap++;
                continue;
            }

            var factor = Gf32.Multiply(discrepancy, Gf32.Inverse(lastDiscrepancy));
            var next = new uint[Math.Max(current.Length, previous.Length + gap)];
            current.CopyTo(next, 0);
            for (var i = 0; i < previous.Length; i++)
            {
                next[i + gap] ^= Gf32.Multiply(factor, previous[i]);
            }

            if (2 * length <= n)
            {
                (length, previous, lastDiscrepancy, gap) = (n + 1 - length, current, discrepancy, 1);
            }
            else
            {
                gap++;
            }

            current = next;
        }

        return Trimmed(current);
    }

    /// <summary>
    /// All roots, by Berlekamp's trace algorithm ("Factoring polynomials over large finite fields", 1970).
    /// </summary>
    /// <returns>Null unless it has as many different ones as its degree.</returns>
    public static uint[]? Roots(uint[] polynomial)
    {
        var monic = Monic(Trimmed(polynomial));
        if (monic.Length <= 1)
        {
            return [];
        }

        // x^(2^32) - x has every number of the field as a root, once.
        uint[] power = [0, 1];
        for (var i = 0; i < Gf32.Bits; i++)
        {
            power = Square(power, monic);
        }

        if (monic.Length > 2 && !power.AsSpan().SequenceEqual([0u, 1u]))
        {
            return null;
        }

        var roots = new List<uint>();
        Split(monic, roots, bit: 0);
        return roots.Count == monic.Length - 1 ? [.. roots] : null;
    }

    private static void Split(uint[] polynomial, List<uint> roots, int bit)
    {
        if (polynomial.Length == 2)
        {
            roots.Add(polynomial[0]);
            return;
        }

        // For one of the basis 1, x, x² … at least, some roots have another trace than the others.
        for (; bit < Gf32.Bits; bit++)
        {
            var factor = Gcd(polynomial, Trace(1u << bit, polynomial));
            if (factor.Length > 1 && factor.Length < polynomial.Length)
            {
                Split(factor, roots, bit + 1);
                Split(Monic(Divide(polynomial, factor).Quotient), roots, bit + 1);
                return;
            }
        }
    }

    /// <summary>bx + (bx)² + (bx)^4 + … + (bx)^(2^31).</summary>
    private static uint[] Trace(uint b, uint[] modulus)
    {
        var power = Divide([0, b], modulus).Left;
        var sum = new uint[modulus.Length];
        for (var i = 0; i < Gf32.Bits; i++)
        {
            for (var j = 0; j < power.Length; j++)
            {
                sum[j] ^= power[j];
            }

            power = Square(power, modulus);
        }

        return Trimmed(sum);
    }

    private static uint[] Square(uint[] a, uint[] modulus)
    {
        var square = new uint[Math.Max(1, (2 * a.Length) - 1)];
        for (var i = 0; i < a.Length; i++)
        {
            square[2 * i] = Gf32.Multiply(a[i], a[i]);
        }

        return Divide(square, modulus).Left;
    }

    private static uint[] Gcd(uint[] a, uint[] b)
    {
        while (b.Length > 0)
        {
            (a, b) = (b, Divide(a, b).Left);
        }

        return Monic(a);
    }

    private static (uint[] Quotient, uint[] Left) Divide(uint[] a, uint[] b)
    {
        Assertions.That(b.Length > 0, "Nothing is divided by zero.");
        var rest = (uint[])a.Clone();
        var quotient = new uint[Math.Max(1, a.Length - b.Length + 1)];
        var inverse = Gf32.Inverse(b[^1]);
        for (var i = a.Length - b.Length; i >= 0; i--)
        {
            var factor = Gf32.Multiply(rest[i + b.Length - 1], inverse);
            quotient[i] = factor;
            for (var j = 0; j < b.Length && factor != 0; j++)
            {
                rest[i + j] ^= Gf32.Multiply(factor, b[j]);
            }
        }

        return (Trimmed(quotient), Trimmed(rest));
    }

    private static uint[] Monic(uint[] a)
    {
        var inverse = a.Length == 0 ? 1 : Gf32.Inverse(a[^1]);
        return inverse == 1 ? a : [.. a.Select(coefficient => Gf32.Multiply(coefficient, inverse))];
    }

    private static uint[] Trimmed(uint[] a)
    {
        var length = a.Length;
        while (length > 0 && a[length - 1] == 0)
        {
            length--;
        }

        return length == a.Length ? a : a[..length];
    }
}
