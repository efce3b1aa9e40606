using System.Buffers;
using System.Globalization;
using System.Text;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Strings as Python's <c>json.dumps</c> writes them with <c>ensure_ascii</c>: every character outside
/// U+0020..U+007E as <c>\uXXXX</c>, except the escapes <c>\" \\ \n \r \t \b \f</c>.
/// </summary>
internal static class CanonicalString
{
    /// <summary>Bytes that stand for themselves, in JSON as it comes and in its canonical form.</summary>
    private static readonly SearchValues<byte> Plain = SearchValues.Create(PlainBytes());

    /// <summary>
    /// Copies a string in canonical form. <paramref name="at"/> stands behind the opening quote and is moved behind the
    /// closing one; both quotes are written.
    /// </summary>
    public static MalformedReason Copy(ReadOnlySpan<byte> json, ref int at, ref ByteScratch output)
    {
        output.Append((byte)'"');
        while (true)
        {
            var rest = json[at..];
            var plain = rest.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                return MalformedReason.NotJson;
            }

            output.Append(rest[..plain]);
            at += plain;
            var next = json[at];
            if (next == '"')
            {
                output.Append(next);
                at++;
                return MalformedReason.None;
            }

            var reason = next == '\\' ? CopyEscape(json, ref at, ref output) : CopyRaw(json, ref at, ref output);
            if (reason != MalformedReason.None)
            {
                return reason;
            }
        }
    }

    /// <summary>Writes a string with its quotes.</summary>
    /// <exception cref="ArgumentException">It contains a lone surrogate.</exception>
    public static void Write(string value, ref ByteScratch output)
    {
        output.Append((byte)'"');
        for (var i = 0; i < value.Length; i++)
        {
            if (!Rune.TryGetRuneAt(value, i, out var rune))
            {
                throw new ArgumentException("The text contains a lone surrogate.", nameof(value));
            }

            WriteRune(rune, ref output);
            i += rune.Utf16SequenceLength - 1;
        }

        output.Append((byte)'"');
    }

    /// <summary>The text of a canonical string, given without its quotes.</summary>
    public static string Decode(ReadOnlySpan<byte> inner)
    {
        if (!inner.Contains((byte)'\\'))
        {
            return Encoding.ASCII.GetString(inner);
        }

        var text = new StringBuilder(inner.Length);
        for (var at = 0; at < inner.Length;)
        {
            text.Append((char)NextUnit(inner, ref at));
        }

        return text.ToString();
    }

    /// <summary>Orders two canonical strings, given without their quotes, by the code points they stand for.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right);
        if (!left.Contains((byte)'\\') && !right.Contains((byte)'\\'))
        {
            return left.SequenceCompareTo(right);
        }

        // Inside an escape the bytes say nothing about the order, so go through both from the start.
        if (common == left.Length && common == right.Length)
        {
            return 0;
        }

        int l = 0, r = 0;
        while (l < left.Length && r < right.Length)
        {
            var order = NextCodePoint(left, ref l) - NextCodePoint(right, ref r);
            if (order != 0)
            {
                return order;
            }
        }

        return (left.Length - l) - (right.Length - r);
    }

    private static byte[] PlainBytes() =>
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(b => (byte)b).Where(b => b != '"' && b != '\\')];

    private static MalformedReason CopyRaw(ReadOnlySpan<byte> json, ref int at, ref ByteScratch output)
    {
        // RFC 8259: control characters must be escaped.
        if (json[at] < 0x20 || Rune.DecodeFromUtf8(json[at..], out var rune, out var length) != OperationStatus.Done)
        {
            return MalformedReason.BadString;
        }

        at += length;
        WriteRune(rune, ref output);
        return MalformedReason.None;
    }

    private static MalformedReason CopyEscape(ReadOnlySpan<byte> json, ref int at, ref ByteScratch output)
    {
        if (at + 1 >= json.Length)
        {
            return MalformedReason.NotJson;
        }

        var kind = json[at + 1];
        if (kind == 'u')
        {
            return CopyUnicodeEscape(json, ref at, ref output);
        }

        if (kind == '/')
        {
            output.Append(kind);
        }
        else if (@"""\nrtbf"u8.Contains(kind))
        {
            output.Append(json.Slice(at, 2));
        }
        else
        {
            return MalformedReason.BadString;
        }

        at += 2;
        return MalformedReason.None;
    }

    private static MalformedReason CopyUnicodeEscape(ReadOnlySpan<byte> json, ref int at, ref ByteScratch output)
    {
        if (!TryReadUnit(json, at, out var unit))
        {
            return MalformedReason.BadString;
        }

        at += 6;
        if (Rune.TryCreate(unit, out var rune))
        {
            WriteRune(rune, ref output);
            return MalformedReason.None;
        }

        if (!TryReadUnit(json, at, out var low) || !Rune.TryCreate(unit, low, out rune))
        {
            return MalformedReason.BadString;
        }

        at += 6;
        WriteRune(rune, ref output);
        return MalformedReason.None;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> json, int at, out char unit)
    {
        unit = default;
        if (json.Length - at < 6 || json[at] != '\\' || json[at + 1] != 'u'
            // The platform's parser takes NUL bytes after a number for nothing at all.
            || json.Slice(at + 2, 4).Contains((byte)0)
            || !ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, null, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }

    private static void WriteRune(Rune rune, ref ByteScratch output)
    {
        var value = rune.Value;
        var shortForm = value switch
        {
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            _ => (byte)0,
        };
        if (shortForm != 0)
        {
            output.Append((byte)'\\');
            output.Append(shortForm);
        }
        else if (value is >= 0x20 and <= 0x7E)
        {
            output.Append((byte)value);
        }
        else
        {
            Span<char> units = stackalloc char[2];
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                output.Append(@"\u"u8);
                ((int)unit).TryFormat(output.Append(4), out _, "x4", CultureInfo.InvariantCulture);
            }
        }
    }

    private static int NextCodePoint(ReadOnlySpan<byte> inner, ref int at)
    {
        var unit = NextUnit(inner, ref at);
        return char.IsHighSurrogate((char)unit)
            ? char.ConvertToUtf32((char)unit, (char)NextUnit(inner, ref at))
            : unit;
    }

    private static int NextUnit(ReadOnlySpan<byte> inner, ref int at)
    {
        var first = inner[at++];
        if (first != '\\')
        {
            return first;
        }

        var kind = inner[at++];
        if (kind == 'u')
        {
            var unit = ushort.Parse(inner.Slice(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += 4;
            return unit;
        }

        return kind switch
        {
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            _ => kind,
        };
    }
}
