using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Blockchain.Shared.Messages;

/// <summary>
/// Checks that a line is one JSON value and notes what stands where in it, in one pass. Each method takes where
/// something starts and returns where it ends, or <see cref="Failed"/>. Recursion is bounded by
/// <see cref="WireLimits.Depth"/>.
/// </summary>
internal ref struct Tokeniser(ReadOnlySpan<byte> json)
{
    private const int Failed = -1;

    private readonly ReadOnlySpan<byte> _json = json;
    private Token[] _tokens = ArrayPool<Token>.Shared.Rent(32 + (json.Length / 8));
    private int _count;
    private MalformedReason _reason;

    private readonly JsonTape Tape => new(_json, _tokens, _reason);

    public JsonTape Run()
    {
        var end = ReadValue(0, depth: 0, key: default);
        if (end != Failed && SkipWhitespace(end) != _json.Length)
        {
            Fail(MalformedReason.NotJson);
        }

        Debug.Assert(end != Failed || _reason != MalformedReason.None, "What fails has a reason.");
        Debug.Assert(end == Failed || _tokens[0].Next == _count, "The first token spans all others.");
        return Tape;
    }

    private int ReadValue(int at, int depth, Key key)
    {
        at = SkipWhitespace(at);
        switch (ByteAt(at))
        {
            case (byte)'"':
                return ReadText(at, key);
            case (byte)'{':
                return depth < WireLimits.Depth ? ReadObject(at, depth + 1, key) : Fail(MalformedReason.TooDeep);
            case (byte)'[':
                return depth < WireLimits.Depth ? ReadArray(at, depth + 1, key) : Fail(MalformedReason.TooDeep);
            case (byte)'t':
                return ReadLiteral(at, "true"u8, TokenKind.True, key);
            case (byte)'f':
                return ReadLiteral(at, "false"u8, TokenKind.False, key);
            case (byte)'n':
                return ReadLiteral(at, "null"u8, TokenKind.Null, key);
            case (byte)'N' or (byte)'I':
                return Fail(MalformedReason.BadNumber);
            default:
                return ReadNumber(at, key);
        }
    }

    private int ReadObject(int start, int depth, Key key)
    {
        var self = Add(start, start, TokenKind.Object, key, isCanonical: false);
        var at = SkipWhitespace(start + 1);
        var (seen, mayRepeat) = (0u, false);
        if (ByteAt(at) != '}')
        {
            do
            {
                at = ReadKey(at, out var memberKey);
                if (at == Failed || (at = ReadValue(at, depth, memberKey)) == Failed)
                {
                    return Failed;
                }

                // Two keys that we do not know may be the same.
                mayRepeat |= (seen & 1u << (int)memberKey.Field) != 0;
                seen |= 1u << (int)memberKey.Field;
            }
            while (TakeComma(ref at));
        }

        var end = Close(self, at, (byte)'}');
        return mayRepeat && end != Failed && MemberOrder.HasRepeatedKey(Tape, self)
            ? Fail(MalformedReason.DuplicateKey)
            : end;
    }

    /// <summary>A key with its colon.</summary>
    private int ReadKey(int at, out Key key)
    {
        key = default;
        var start = SkipWhitespace(at);
        if (ByteAt(start) != '"')
        {
            return Fail(MalformedReason.NotJson);
        }

        var end = EndOfText(start, out var isPlain);
        if (end == Failed)
        {
            return Failed;
        }

        var name = _json[(start + 1)..(end - 1)];
        key = new Key(start, end, isPlain ? FieldNames.Parse(name) : FieldNames.ParseEscaped(name), isPlain);
        at = SkipWhitespace(end);
        return ByteAt(at) == ':' ? at + 1 : Fail(MalformedReason.NotJson);
    }

    private int ReadArray(int start, int depth, Key key)
    {
        var self = Add(start, start, TokenKind.Array, key, isCanonical: false);
        var at = SkipWhitespace(start + 1);
        if (ByteAt(at) != ']')
        {
            do
            {
                at = ReadValue(at, depth, key: default);
                if (at == Failed)
                {
                    return Failed;
                }
            }
            while (TakeComma(ref at));
        }

        return Close(self, at, (byte)']');
    }

    private int ReadText(int start, Key key)
    {
        var end = EndOfText(start, out var isPlain);
        if (end != Failed)
        {
            Add(start, end, TokenKind.Text, key, isPlain);
        }

        return end;
    }

    /// <summary>Behind the closing quote of a text, which is plain if its canonical form has the same bytes.</summary>
    private int EndOfText(int start, out bool isPlain)
    {
        var at = CanonicalText.EndOfPlain(_json, start + 1);
        isPlain = ByteAt(at) == '"';
        return isPlain ? at + 1 : SkipCharacters(at);
    }

    /// <summary>Behind the closing quote of a text, from inside it.</summary>
    private int SkipCharacters(int at)
    {
        while (ByteAt(at) != '"')
        {
            if (at == _json.Length || (at == _json.Length - 1 && _json[at] == '\\'))
            {
                return Fail(MalformedReason.NotJson);
            }

            if (!CanonicalText.TryReadRune(_json, ref at, out _))
            {
                return Fail(MalformedReason.BadString);
            }
        }

        return at + 1;
    }

    private int ReadNumber(int start, Key key)
    {
        var length = CanonicalNumber.Measure(_json[start..], out var isCanonical);
        if (length == 0)
        {
            return Fail(MalformedReason.NotJson);
        }

        if (!isCanonical && !CanonicalNumber.IsInRange(_json.Slice(start, length)))
        {
            return Fail(MalformedReason.BadNumber);
        }

        Add(start, start + length, TokenKind.Number, key, isCanonical);
        return start + length;
    }

    private int ReadLiteral(int start, ReadOnlySpan<byte> text, TokenKind kind, Key key)
    {
        if (!_json[start..].StartsWith(text))
        {
            return Fail(MalformedReason.NotJson);
        }

        Add(start, start + text.Length, kind, key, isCanonical: true);
        return start + text.Length;
    }

    /// <summary>The byte there; 0, which stands nowhere in JSON, at the end of the line.</summary>
    private readonly byte ByteAt(int at) => (uint)at < (uint)_json.Length ? _json[at] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SkipWhitespace(int at)
    {
        while ((uint)at < (uint)_json.Length && _json[at] <= ' ' && (_json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TakeComma(ref int at)
    {
        at = SkipWhitespace(at);
        if (ByteAt(at) != ',')
        {
            return false;
        }

        at++;
        return true;
    }

    private int Add(int start, int end, TokenKind kind, Key key, bool isCanonical)
    {
        if (_count == _tokens.Length)
        {
            Grow();
        }

        var isMemberCanonical = isCanonical && key.IsPlain && start - key.End == 2 && _json[start - 1] == ' ' && _json[start - 2] == ':';
        Debug.Assert(start <= end && end <= _json.Length, "A token is inside the line.");
        Debug.Assert(_count == 0 || start > _tokens[_count - 1].Start, "Tokens are in the order of the line.");
        Debug.Assert(key.End < start || key == default, "A key is before its value.");
        _tokens[_count] = new Token(key.Start, start, end, _count + 1, kind, key.Field, isCanonical, isMemberCanonical);
        return _count++;
    }

    private void Grow()
    {
        var larger = ArrayPool<Token>.Shared.Rent(_count * 2);
        _tokens.CopyTo(larger, 0);
        ArrayPool<Token>.Shared.Return(_tokens);
        _tokens = larger;
    }

    /// <summary>Completes a container with what is known of it at its closing bracket.</summary>
    private int Close(int container, int at, byte bracket)
    {
        if (ByteAt(at) != bracket)
        {
            return Fail(MalformedReason.NotJson);
        }

        Debug.Assert(_tokens[_count - 1].End <= at, "What is in a container ends before it.");
        _tokens[container] = _tokens[container] with { End = at + 1, Next = _count };
        return at + 1;
    }

    private int Fail(MalformedReason reason)
    {
        Debug.Assert(reason != MalformedReason.None && _reason == MalformedReason.None, "The first reason wins.");
        _reason = reason;
        return Failed;
    }

    private readonly record struct Key(int Start, int End, Field Field, bool IsPlain);
}
