using System.Buffers.Text;
using System.Globalization;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Numbers as Python writes them: integers keep their digits; one with a fraction or an exponent is a double, written
/// as <c>repr</c> does: the shortest digits that round-trip, exponent form below 1e-4 and from 1e16 on.
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>An integer with at most so many digits is within a double's range, whatever they are.</summary>
    private const int SafeIntegerDigits = 308;

    /// <summary>Copies the number at <paramref name="at"/> in canonical form and moves behind it.</summary>
    public static MalformedReason Copy(ReadOnlySpan<byte> json, ref int at, ref ByteScratch output)
    {
        var length = Measure(json[at..], out var isInteger);
        if (length == 0)
        {
            return MalformedReason.NotJson;
        }

        var text = json.Slice(at, length);
        at += length;
        if (isInteger && length <= SafeIntegerDigits)
        {
            output.Append(text.SequenceEqual("-0"u8) ? "0"u8 : text);
            return MalformedReason.None;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value))
        {
            return MalformedReason.BadNumber;
        }

        if (isInteger)
        {
            output.Append(text);
        }
        else
        {
            Write(value, ref output);
        }

        return MalformedReason.None;
    }

    /// <summary>Writes a finite double as Python's <c>repr</c> does.</summary>
    public static void Write(double value, ref ByteScratch output)
    {
        // "R" gives the shortest digits: "-1.5", "1E-05", "1.7976931348623157E+308".
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (IsPowerOfTwo(value)
            && !double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value))
        {
            value.TryFormat(text, out length, "E16", CultureInfo.InvariantCulture);
        }

        text = text[..length];
        if (text[0] == '-')
        {
            output.Append((byte)'-');
            text = text[1..];
        }

        Span<byte> digits = stackalloc byte[32];
        var count = Decompose(text, digits, out var pointAt);
        WriteDigits(digits[..count], pointAt, ref output);
    }

    /// <summary>
    /// Below a power of two doubles lie closer than above it. .NET overlooks that at 2^-25 and gives one
    /// digit too few, which is another double's text. Such values need all 17.
    /// </summary>
    private static bool IsPowerOfTwo(double value) =>
        (BitConverter.DoubleToUInt64Bits(value) & 0xF_FFFF_FFFF_FFFF) == 0;

    /// <summary>The length of the JSON number at the start of the text; 0 when there is none.</summary>
    private static int Measure(ReadOnlySpan<byte> text, out bool isInteger)
    {
        isInteger = true;
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var digits = CountDigits(text[at..]);
        if (digits == 0 || (digits > 1 && text[at] == '0'))
        {
            return 0;
        }

        at += digits;
        if (at < text.Length && text[at] == '.')
        {
            isInteger = false;
            digits = CountDigits(text[(at + 1)..]);
            if (digits == 0)
            {
                return 0;
            }

            at += digits + 1;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            isInteger = false;
            at += at + 1 < text.Length && text[at + 1] is (byte)'+' or (byte)'-' ? 2 : 1;
            digits = CountDigits(text[at..]);
            if (digits == 0)
            {
                return 0;
            }

            at += digits;
        }

        return at;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return count < 0 ? text.Length : count;
    }

    /// <summary>
    /// Splits .NET's text of a positive double into its significant digits and where the decimal point is relative to
    /// the first of them (the value is 0.DIGITS × 10^pointAt).
    /// </summary>
    private static int Decompose(ReadOnlySpan<byte> text, Span<byte> digits, out int pointAt)
    {
        var exponent = 0;
        var mantissa = text;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            mantissa = text[..e];
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? default : mantissa[(point + 1)..];
        whole.CopyTo(digits);
        fraction.CopyTo(digits[whole.Length..]);
        var all = digits[..(whole.Length + fraction.Length)];
        var zeros = all.IndexOfAnyExcept((byte)'0');
        if (zeros < 0)
        {
            pointAt = 1;
            return 1;
        }

        pointAt = whole.Length - zeros + exponent;
        var trimmed = all[zeros..].TrimEnd((byte)'0');
        trimmed.CopyTo(digits);
        return trimmed.Length;
    }

    private static void WriteDigits(scoped ReadOnlySpan<byte> digits, int pointAt, ref ByteScratch output)
    {
        const int LowestPlain = -3; // 0.0001
        const int HighestPlain = 16; // 9999999999999998.0
        if (pointAt is < LowestPlain or > HighestPlain)
        {
            WriteExponentForm(digits, pointAt - 1, ref output);
        }
        else if (pointAt <= 0)
        {
            output.Append("0."u8);
            output.Append(-pointAt).Fill((byte)'0');
            output.Append(digits);
        }
        else if (digits.Length <= pointAt)
        {
            output.Append(digits);
            output.Append(pointAt - digits.Length).Fill((byte)'0');
            output.Append(".0"u8);
        }
        else
        {
            output.Append(digits[..pointAt]);
            output.Append((byte)'.');
            output.Append(digits[pointAt..]);
        }
    }

    private static void WriteExponentForm(scoped ReadOnlySpan<byte> digits, int exponent, ref ByteScratch output)
    {
        output.Append(digits[0]);
        if (digits.Length > 1)
        {
            output.Append((byte)'.');
            output.Append(digits[1..]);
        }

        output.Append(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> text = stackalloc byte[8];
        Utf8Formatter.TryFormat(Math.Abs(exponent), text, out var length, new('D', 2));
        output.Append(text[..length]);
    }
}
