using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>Walks through JSON that has been found valid before, without looking into what it passes.</summary>
/// <param name="json">An object or array, as it came or in canonical form, from its opening bracket on.</param>
internal ref struct JsonWalk(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> EndsScalar = SearchValues.Create(",]} \t\r\n"u8);
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at = 1;

    /// <summary>The key of the current member with its quotes, escapes as they stand.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Where the current value starts and ends.</summary>
    public (int Start, int End) Span { get; private set; }

    public readonly ReadOnlySpan<byte> Value => _json[Span.Start..Span.End];

    public bool NextMember()
    {
        if (!SkipTo())
        {
            return false;
        }

        var end = EndOfValue(_json, _at);
        Key = _json[_at..end];
        _at = end;
        TakeValue();
        return true;
    }

    public bool NextItem()
    {
        if (!SkipTo())
        {
            return false;
        }

        TakeValue();
        return true;
    }

    private void TakeValue()
    {
        SkipTo();
        var end = EndOfValue(_json, _at);
        Span = (_at, end);
        _at = end;
    }

    /// <summary>To the next key or value; false at the closing bracket.</summary>
    private bool SkipTo()
    {
        while (_json[_at] is (byte)' ' or (byte)',' or (byte)':' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }

        return _json[_at] is not ((byte)'}' or (byte)']');
    }

    private static int EndOfValue(ReadOnlySpan<byte> json, int at)
    {
        switch (json[at])
        {
            case (byte)'"':
                return EndOfString(json, at);
            case (byte)'{' or (byte)'[':
                return EndOfContainer(json, at);
            default:
                var length = json[at..].IndexOfAny(EndsScalar);
                return length < 0 ? json.Length : at + length;
        }
    }

    private static int EndOfString(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
            {
                return at + 1;
            }

            at += 2;
        }
    }

    private static int EndOfContainer(ReadOnlySpan<byte> json, int at)
    {
        var depth = 0;
        while (true)
        {
            at += json[at..].IndexOfAny(Structure);
            switch (json[at])
            {
                case (byte)'"':
                    at = EndOfString(json, at);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }

            at++;
            if (depth == 0)
            {
                return at;
            }
        }
    }
}
