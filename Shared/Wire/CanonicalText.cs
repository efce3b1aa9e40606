using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Texts as Python's <c>json.dumps</c> writes them with <c>ensure_ascii</c>: every character outside
/// U+0020..U+007E as <c>\uXXXX</c>, except the escapes <c>\" \\ \n \r \t \b \f</c>.
/// </summary>
internal static class CanonicalText
{
    private const int UnicodeEscapeLength = 6;

    /// <summary>What may stand behind a backslash, and what it means.</summary>
    private static ReadOnlySpan<byte> Escapes => "\"\\/nrtbf"u8;

    private static ReadOnlySpan<byte> Escaped => "\"\\/\n\r\t\b\f"u8;

    /// <summary>Where the plain bytes end: those that are a character, and the same in canonical form.</summary>
    public static int EndOfPlain(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json.Length >= Vector256<byte>.Count)
        {
            // Most texts are shorter than a vector. Near the end of the line it begins before the place.
            var start = Math.Min(at, json.Length - Vector256<byte>.Count);
            var special = SpecialBytes(Vector256.Create(json[start..])) >> (at - start);
            if (special != 0)
            {
                return at + BitOperations.TrailingZeroCount(special);
            }

            at = start + Vector256<byte>.Count;
        }

        while (at < json.Length && json[at] is >= (byte)' ' and <= (byte)'~' and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads the character at a place in a JSON text, raw or escaped, and moves behind it.</summary>
    /// <returns>False for invalid UTF-8, a lone surrogate, an unknown escape or a raw control character.</returns>
    public static bool TryReadRune(ReadOnlySpan<byte> json, ref int at, out Rune rune)
    {
        if (json[at] != '\\')
        {
            var status = Rune.DecodeFromUtf8(json[at..], out rune, out var length);
            at += length;
            return status == OperationStatus.Done && rune.Value >= ' ';
        }

        if (TryReadUnit(json, at, out var unit))
        {
            at += UnicodeEscapeLength;
            if (Rune.TryCreate(unit, out rune))
            {
                return true;
            }

            var isPair = TryReadUnit(json, at, out var low) & Rune.TryCreate(unit, low, out rune);
            at += UnicodeEscapeLength;
            return isPair;
        }

        var escape = at + 1 < json.Length ? Escapes.IndexOf(json[at + 1]) : -1;
        rune = escape < 0 ? default : new Rune(Escaped[escape]);
        at += 2;
        return escape >= 0;
    }

    /// <summary>Where a text ends, behind its closing quote, from a place inside it.</summary>
    public static MalformedReason SkipRest(ReadOnlySpan<byte> json, int at, out int end)
    {
        end = at;
        while (end < json.Length && json[end] != '"')
        {
            if (json[end..] is [(byte)'\\'])
            {
                return MalformedReason.NotJson;
            }

            if (!TryReadRune(json, ref end, out _))
            {
                return MalformedReason.BadString;
            }
        }

        return end++ < json.Length ? MalformedReason.None : MalformedReason.NotJson;
    }

    /// <summary>The same in a text that is known to be valid.</summary>
    public static Rune ReadRune(ReadOnlySpan<byte> json, ref int at)
    {
        var isValid = TryReadRune(json, ref at, out var rune);
        Assertions.That(isValid, "The tokeniser has let an invalid text pass.");
        return rune;
    }

    /// <summary>Writes a valid JSON text, given with its quotes, in canonical form.</summary>
    public static void Write(ReadOnlySpan<byte> quoted, ref PooledBytes output)
    {
        output.Append((byte)'"');
        var text = quoted[1..^1];
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfPlain(text, at);
            output.Append(text[at..end]);
            at = end;
            if (at < text.Length)
            {
                WriteRune(ReadRune(text, ref at), ref output);
            }
        }

        output.Append((byte)'"');
    }

    /// <summary>Writes a text with quotes.</summary>
    /// <exception cref="ArgumentException">It contains a lone surrogate.</exception>
    public static void Write(string value, ref PooledBytes output)
    {
        output.Append((byte)'"');
        for (var at = 0; at < value.Length;)
        {
            if (!Rune.TryGetRuneAt(value, at, out var rune))
            {
                throw new ArgumentException("The text contains a lone surrogate.", nameof(value));
            }

            WriteRune(rune, ref output);
            at += rune.Utf16SequenceLength;
        }

        output.Append((byte)'"');
    }

    /// <summary>What a valid JSON text, given with its quotes, says.</summary>
    public static string Decode(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>Writes what a valid JSON text, given with its quotes, says, without quotes or escapes.</summary>
    public static void WriteUtf8(ReadOnlySpan<byte> quoted, ref PooledBytes output)
    {
        var text = quoted[1..^1];
        if (!text.Contains((byte)'\\'))
        {
            output.Append(text);
            return;
        }

        for (var at = 0; at < text.Length;)
        {
            var rune = ReadRune(text, ref at);
            rune.EncodeToUtf8(output.Append(rune.Utf8SequenceLength));
        }
    }

    /// <summary>A bit for each byte that is not plain.</summary>
    private static uint SpecialBytes(Vector256<byte> bytes)
    {
        // As signed bytes, those outside ASCII are below zero.
        var special = Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()
            | Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.Equals(bytes, Vector256.Create((byte)0x7F));
        return special.ExtractMostSignificantBits();
    }

    /// <summary>The UTF-16 unit of an escape <c>\uXXXX</c>.</summary>
    private static bool TryReadUnit(ReadOnlySpan<byte> json, int at, out char unit)
    {
        Span<byte> bytes = stackalloc byte[sizeof(char)];
        var isUnit = json[at..] is [(byte)'\\', (byte)'u', _, _, _, _, ..]
            && Convert.FromHexString(json.Slice(at + 2, 4), bytes, out _, out _) == OperationStatus.Done;
        unit = isUnit ? (char)BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;
        return isUnit;
    }

    private static void WriteRune(Rune rune, ref PooledBytes output)
    {
        if (rune.Value is >= ' ' and <= '~' and not ('"' or '\\'))
        {
            output.Append((byte)rune.Value);
            return;
        }

        var escape = rune.IsAscii ? Escaped.IndexOf((byte)rune.Value) : -1;
        if (escape >= 0)
        {
            output.Append([(byte)'\\', Escapes[escape]]);
            return;
        }

        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            output.Append(@"\u"u8);
            ((int)unit).TryFormat(output.Append(4), out _, "x4", CultureInfo.InvariantCulture);
        }
    }
}
