using System.Numerics;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Recognises numbers that are in canonical form already, without parsing and formatting them. It knows the forms that
/// timestamps and amounts have; of the rest it says "unsure", and <see cref="CanonicalNumber"/> finds out.
/// </summary>
internal static class PlainNumber
{
    /// <summary>A decimal of so many digits survives the way through a double, so none is shorter.</summary>
    private const int SurelyShortest = 15;

    private const int MostDigits = 17;
    private const int MostFractionDigits = 9;

    private static ReadOnlySpan<int> PowersOfTen =>
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>The length of the canonical number at the start of the text; 0 when unsure.</summary>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        var start = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var whole = Digits(text, start, out var at);
        var wholeDigits = at - start;
        if (wholeDigits is 0 or > MostDigits || (wholeDigits > 1 && text[start] == '0'))
        {
            return 0;
        }

        if (at == text.Length || (text[at] != '.' && (text[at] | 0x20) != 'e'))
        {
            return start == 1 && whole == 0 ? 0 : at;
        }

        if (text[at] != '.')
        {
            return 0;
        }

        var fractionStart = at + 1;
        var fraction = Digits(text, fractionStart, out at);
        var fractionDigits = at - fractionStart;
        var isSure = fractionDigits is > 0 and <= MostFractionDigits
            && (at == text.Length || (text[at] | 0x20) != 'e')
            && IsShortest(whole, wholeDigits, (long)fraction, fractionDigits);
        return isSure ? at : 0;
    }

    private static ulong Digits(ReadOnlySpan<byte> text, int start, out int at)
    {
        var value = 0ul;
        for (at = start; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            value = (value * 10) + (uint)(text[at] - '0');
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

        return wholeDigits + fractionDigits <= SurelyShortest
            || (wholeDigits + fractionDigits <= MostDigits && IsShortest(whole, fraction, fractionDigits));
    }

    /// <summary>
    /// Whether a decimal D = whole + fraction/P, P = 10^digits, of 16 or 17 digits is what <c>repr</c> gives for the
    /// double nearest to it. With s bits of that double behind the point, it is d = whole + q/2^s, where q is
    /// fraction·2^s/P, rounded. In units of 1/(P·2^s), all of them integers, D - d is the remainder r, half a unit in the
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
