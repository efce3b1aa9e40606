using System.Runtime.CompilerServices;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Moves through a line whose values are in canonical form already. Each method says false when it is unsure, which
/// the general way then decides.
/// </summary>
internal ref struct PlainScanner(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;

    public int At { get; private set; }

    public bool IsAtEnd
    {
        get
        {
            SkipWhitespace();
            return At == _json.Length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte expected)
    {
        SkipWhitespace();
        if ((uint)At >= (uint)_json.Length || _json[At] != expected)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>A string of printable ASCII without escapes, with its quotes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool String(out ReadOnlySpan<byte> quoted)
    {
        SkipWhitespace();
        var rest = _json[At..];
        if (rest.Length > 1 && rest[0] == '"')
        {
            // Names and keys are short: a loop is quicker than a vectorised search here.
            var i = 1;
            while (i < rest.Length && rest[i] is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'\\'))
            {
                i++;
            }

            if (i < rest.Length && rest[i] == '"')
            {
                quoted = rest[..(i + 1)];
                At += i + 1;
                return true;
            }
        }

        quoted = default;
        return false;
    }

    /// <summary>A string of the length of an id, with its quotes; what is in it, is not looked at.</summary>
    public bool Id(out ReadOnlySpan<byte> quoted)
    {
        const int QuotedLength = Hash256.HexLength + 2;
        SkipWhitespace();
        var rest = _json[At..];
        if (rest.Length >= QuotedLength && rest[0] == '"' && rest[QuotedLength - 1] == '"')
        {
            quoted = rest[..QuotedLength];
            At += QuotedLength;
            return true;
        }

        quoted = default;
        return false;
    }

    public bool Number(out ReadOnlySpan<byte> text)
    {
        SkipWhitespace();
        var length = PlainNumber.Measure(_json[At..]);
        text = _json.Slice(At, length);
        At += length;
        return length > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipWhitespace()
    {
        while ((uint)At < (uint)_json.Length && _json[At] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            At++;
        }
    }
}
