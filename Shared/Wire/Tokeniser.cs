using System.Buffers;
using System.Runtime.CompilerServices;

namespace Blockchain.Shared.Wire;

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
        if (end != Failed && (Next(ref end) != 0 || end != _json.Length))
        {
            Fail(MalformedReason.NotJson);
        }

        Assertions.That(end != Failed || _reason != MalformedReason.None, "What fails has a reason.");
        Assertions.That(end == Failed || _tokens[0].Next == _count, "The first token spans all others.");
        return Tape;
    }

    private int ReadValue(int at, int depth, Key key)
    {
        switch (Next(ref at))
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
        var self = _count;
        var at = Add(start, start + 1, TokenKind.Object, key, isCanonical: false);
        var (seen, mayRepeat) = (0u, false);
        if (Next(ref at) != '}')
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
            while (Take(ref at, (byte)','));
        }

        var end = Close(self, at, (byte)'}');
        return mayRepeat && end != Failed && !MemberOrder.TrySort(Tape, self, out _)
            ? Fail(MalformedReason.DuplicateKey)
            : end;
    }

    /// <summary>A key with its colon.</summary>
    private int ReadKey(int at, out Key key)
    {
        key = default;
        if (Next(ref at) != '"')
        {
            return Fail(MalformedReason.NotJson);
        }

        var start = at;
        var end = EndOfText(start, out var isPlain);
        if (end == Failed)
        {
            return Failed;
        }

        var name = _json[(start + 1)..(end - 1)];
        key = new Key(start, end, isPlain ? FieldNames.Parse(name) : FieldNames.ParseEscaped(name), isPlain);
        return Take(ref end, (byte)':') ? end : Fail(MalformedReason.NotJson);
    }

    private int ReadArray(int start, int depth, Key key)
    {
        var self = _count;
        var at = Add(start, start + 1, TokenKind.Array, key, isCanonical: false);
        if (Next(ref at) != ']')
        {
            do
            {
                at = ReadValue(at, depth, key: default);
                if (at == Failed)
                {
                    return Failed;
                }
            }
            while (Take(ref at, (byte)','));
        }

        return Close(self, at, (byte)']');
    }

    private int ReadText(int start, Key key)
    {
        var end = EndOfText(start, out var isPlain);
        return end == Failed ? Failed : Add(start, end, TokenKind.Text, key, isPlain);
    }

    /// <summary>Behind the closing quote of a text, which is plain if its canonical form has the same bytes.</summary>
    private int EndOfText(int start, out bool isPlain)
    {
        var at = CanonicalText.EndOfPlain(_json, start + 1);
        isPlain = ByteAt(at) == '"';
        if (isPlain)
        {
            return at + 1;
        }

        var reason = CanonicalText.SkipRest(_json, at, out var end);
        return reason == MalformedReason.None ? end : Fail(reason);
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

        return Add(start, start + length, TokenKind.Number, key, isCanonical);
    }

    private int ReadLiteral(int start, ReadOnlySpan<byte> text, TokenKind kind, Key key) =>
        _json[start..].StartsWith(text)
            ? Add(start, start + text.Length, kind, key, isCanonical: true)
            : Fail(MalformedReason.NotJson);

    /// <summary>The byte there; 0, which stands nowhere in JSON, at the end of the line.</summary>
    private readonly byte ByteAt(int at) => (uint)at < (uint)_json.Length ? _json[at] : (byte)0;

    /// <summary>Skips whitespace; the byte behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Next(ref int at)
    {
        while (true)
        {
            var next = ByteAt(at);
            if (next > ' ' || next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return next;
            }

            at++;
        }
    }

    /// <summary>Whether that byte comes next; if so, moves behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Take(ref int at, byte expected)
    {
        if (Next(ref at) != expected)
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

        var isMemberCanonical = isCanonical && key.IsPlain && _json[key.End..start] is [(byte)':', (byte)' '];
        Assertions.That(start <= end && end <= _json.Length, "A token is inside the line.");
        Assertions.That(_count == 0 || start > _tokens[_count - 1].Start, "Tokens are in the order of the line.");
        Assertions.That(key.End < start || key == default, "A key is before its value.");
        _tokens[_count] = new Token(key.Start, start, end, _count + 1, kind, key.Field, isCanonical, isMemberCanonical);
        _count++;
        return end;
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
        if (!Take(ref at, bracket))
        {
            return Fail(MalformedReason.NotJson);
        }

        Assertions.That(_tokens[_count - 1].End < at, "What is in a container ends before it.");
        _tokens[container] = _tokens[container] with { End = at, Next = _count };
        return at;
    }

    private int Fail(MalformedReason reason)
    {
        Assertions.That(reason != MalformedReason.None && _reason == MalformedReason.None, "The first reason wins.");
        _reason = reason;
        return Failed;
    }

    private readonly record struct Key(int Start, int End, Field Field, bool IsPlain);
}
