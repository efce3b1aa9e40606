using System.Globalization;
using System.Numerics;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Numbers as Python writes them: integers keep their digits; one with a fraction or an exponent is a double, written
/// as <c>repr</c> does: the shortest digits that round-trip, exponent form below 1e-4 and from 1e16 on.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>An integer of so many digits is within a double's range, whatever they are.</summary>
    private const int SafeIntegerDigits = 308;

    /// <summary>A decimal of so many digits survives the way through a double, so none is shorter.</summary>
    private const int SurelyShortest = 15;

    private const int MostDigits = 17;
    private const int MostFractionDigits = 9;

    private static ReadOnlySpan<int> PowersOfTen =>
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>The length of the JSON number at the start of the text; 0 when there is none.</summary>
    /// <param name="isCanonical">
    /// Whether it is surely in canonical form, and so in range. Knows the forms that timestamps and amounts have.
    /// </param>
    public static int Measure(ReadOnlySpan<byte> text, out bool isCanonical)
    {
        isCanonical = false;
        var start = text is [(byte)'-', ..] ? 1 : 0;
        var whole = Digits(text, start, out var at);
        var (wholeDigits, fractionDigits, fraction) = (at - start, 0, 0ul);
        if (wholeDigits == 0 || (wholeDigits > 1 && text[start] == '0'))
        {
            return 0;
        }

        if (at < text.Length && text[at] == '.')
        {
            var point = at;
            fraction = Digits(text, point + 1, out at);
            fractionDigits = at - point - 1;
            if (fractionDigits == 0)
            {
                return 0;
            }
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            var sign = at + 1 < text.Length && text[at + 1] is (byte)'+' or (byte)'-' ? 1 : 0;
            var exponent = at + 1 + sign;
            Digits(text, exponent, out at);
            return at == exponent ? 0 : at;
        }

        isCanonical = fractionDigits == 0
            ? wholeDigits <= SafeIntegerDigits && !text[..at].SequenceEqual("-0"u8)
            : wholeDigits + fractionDigits <= MostDigits && fractionDigits <= MostFractionDigits
                && IsShortest(whole, wholeDigits, (long)fraction, fractionDigits);
        Assertions.That(
            !Assertions.AreOn || (!isCanonical || IsWrittenAsItIs(text[..at])),
            "What is surely canonical is.");
        return at;
    }

    /// <summary>Whether a JSON number is within a double's range, as all must be.</summary>
    public static bool IsInRange(ReadOnlySpan<byte> number) => double.IsFinite(Parse(number));

    /// <summary>Writes a JSON number in range in canonical form.</summary>
    public static void Write(ReadOnlySpan<byte> number, ref PooledBytes output)
    {
        if (number.ContainsAny(".eE"u8))
        {
            Write(Parse(number), ref output);
        }
        else
        {
            output.Append(number.SequenceEqual("-0"u8) ? "0"u8 : number);
        }
    }

    /// <summary>Writes a finite double as Python's <c>repr</c> does.</summary>
    public static void Write(double value, ref PooledBytes output)
    {
        // "R" gives the shortest digits.
        Assertions.That(!Assertions.AreOn || double.IsFinite(value), "JSON has no word for the others.");
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (IsPowerOfTwo(value) && !Parse(text[..length]).Equals(value))
        {
            value.TryFormat(text, out length, "G17", CultureInfo.InvariantCulture);
        }

        // .NET changes to the exponent form elsewhere; a decimal has either form of the same digits.
        var isPlain = value == 0 || Math.Abs(value) is >= 1e-4 and < 1e16;
        var exponentAt = text[..length].IndexOf((byte)'E');
        if (isPlain != exponentAt < 0)
        {
            var digits = decimal.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
            digits.TryFormat(text, out length, isPlain ? "G" : "0.################E+00", CultureInfo.InvariantCulture);
            exponentAt = text[..length].IndexOf((byte)'E');
        }

        text = text[..length];
        if (!isPlain)
        {
            text[exponentAt] = (byte)'e';
        }

        Assertions.That(!Assertions.AreOn || Parse(text).Equals(value), "The text reads back as the same double.");
        output.Append(text);
        if (isPlain && !text.Contains((byte)'.'))
        {
            output.Append(".0"u8);
        }
    }

    private static bool IsWrittenAsItIs(ReadOnlySpan<byte> number)
    {
        var output = new PooledBytes(number.Length);
        Write(number, ref output);
        var isSame = output.Written.SequenceEqual(number);
        output.Dispose();
        return isSame;
    }

    private static double Parse(ReadOnlySpan<byte> number) =>
        double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// Below a power of two doubles lie closer than above it. .NET overlooks that at 2^-25 and gives one
    /// digit too few, which is another double's text. Such values need all 17.
    /// </summary>
    private static bool IsPowerOfTwo(double value) =>
        (BitConverter.DoubleToUInt64Bits(value) & 0xF_FFFF_FFFF_FFFF) == 0;

    /// <summary>The value of the digits from a place on, up to 19 of them, and where they end.</summary>
    private static ulong Digits(ReadOnlySpan<byte> text, int start, out int end)
    {
        var value = 0ul;
        for (end = start; end < text.Length && (uint)(text[end] - '0') <= 9; end++)
        {
            value = (value * 10) + (uint)(text[end] - '0');
        }

        return value;
    }

    private static bool IsShortest(ulong whole, int wholeDigits, long fraction, int fractionDigits)
    {
        if (fraction % 10 == 0)
        {
            return fractionDigits == 1 && wholeDigits < SurelyShortest;
        }

        if (whole == 0)
        {
            // Below 1e-4 Python changes to the exponent form.
            return fraction * 10_000 >= PowersOfTen[fractionDigits];
        }

        return wholeDigits + fractionDigits <= SurelyShortest || IsShortest(whole, fraction, fractionDigits);
    }

    /// <summary>
    /// Whether a decimal D = whole + fraction/P, P = 10^digits, of 16 or 17 digits is what <c>repr</c> gives for the
    /// double nearest to it. With s bits of that double behind the point, it is d = whole + q/2^s, where q is
    /// fraction·2^s/P, rounded. In units of 1/(P·2^s), all of them integers, D - d is the remainder r, half a unit in
    /// the
    /// last place P/2, and the distance of neighbouring decimals with as many digits 2^s. So D is it when (1) no
    /// decimal of as many digits is nearer to d, and (2) the two nearest of one digit less are not rounded to d.
    /// Every tie counts as unsure.
    /// </summary>
    private static bool IsShortest(ulong whole, long fraction, int fractionDigits)
    {
        var bits = 52 - BitOperations.Log2(whole);
        if (bits <= 0 || BitOperations.Log2((ulong)fraction) + 1 + bits > 62)
        {
            return false;
        }

        long power = PowersOfTen[fractionDigits];
        var step = 1L << bits;
        var (quotient, remainder) = Math.DivRem(fraction << bits, power);
        if (2 * remainder == power)
        {
            return false;
        }

        if (2 * remainder > power)
        {
            quotient++;
            remainder -= power;
        }

        // At the next integer a new power of two may begin, where doubles are spaced differently.
        var lastDigit = fraction % 10;
        return quotient < step
            && 2 * Math.Abs(remainder) < step
            && 2 * ((lastDigit * step) - remainder) > power
            && 2 * (((10 - lastDigit) * step) + remainder) > power;
    }
}
