using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Checks one JSON value and writes its canonical form, in one pass. The members of an object are written as they come
/// and put in order at its end. Recursion is bounded by <see cref="WireLimits.Depth"/>.
/// </summary>
internal ref struct CanonicalWriter(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private ByteScratch _output = new(json.Length + (json.Length >> 1));
    private Member[] _members = ArrayPool<Member>.Shared.Rent(64);
    private int _memberCount;
    private int _at;
    private MalformedReason _reason;

    public readonly ReadOnlySpan<byte> Written => _output.Written;

    /// <summary>The members of the outermost object, in order.</summary>
    public readonly ReadOnlySpan<Member> Members => _members.AsSpan(0, _memberCount);

    public MalformedReason Run()
    {
        if (!Value(depth: 0))
        {
            return _reason;
        }

        SkipWhitespace();
        return _at == _json.Length ? MalformedReason.None : MalformedReason.NotJson;
    }

    public void Dispose()
    {
        _output.Dispose();
        ArrayPool<Member>.Shared.Return(_members);
        _members = [];
        _memberCount = 0;
    }

    private bool Value(int depth)
    {
        SkipWhitespace();
        if (_at == _json.Length)
        {
            return Fail(MalformedReason.NotJson);
        }

        switch (_json[_at])
        {
            case (byte)'"':
                _at++;
                return Check(CanonicalString.Copy(_json, ref _at, ref _output));
            case (byte)'{':
                return depth < WireLimits.Depth ? Object(depth + 1) : Fail(MalformedReason.TooDeep);
            case (byte)'[':
                return depth < WireLimits.Depth ? Array(depth + 1) : Fail(MalformedReason.TooDeep);
            case (byte)'t':
                return Literal("true"u8);
            case (byte)'f':
                return Literal("false"u8);
            case (byte)'n':
                return Literal("null"u8);
            case (byte)'N' or (byte)'I':
                return Fail(MalformedReason.BadNumber);
            default:
                return Check(CanonicalNumber.Copy(_json, ref _at, ref _output));
        }
    }

    private bool Object(int depth)
    {
        var firstMember = _memberCount;
        _output.Append((byte)'{');
        _at++;
        if (!Take((byte)'}'))
        {
            do
            {
                if (!ObjectMember(depth))
                {
                    return false;
                }
            }
            while (TakeComma());
            if (!Take((byte)'}'))
            {
                return Fail(MalformedReason.NotJson);
            }

            if (!Sort(_members.AsSpan(firstMember, _memberCount - firstMember)))
            {
                return Fail(MalformedReason.DuplicateKey);
            }
        }

        _output.Append((byte)'}');
        if (depth > 1)
        {
            _memberCount = firstMember;
        }

        return true;
    }

    private bool ObjectMember(int depth)
    {
        var start = _output.Length;
        if (!Take((byte)'"'))
        {
            return Fail(MalformedReason.NotJson);
        }

        if (!Check(CanonicalString.Copy(_json, ref _at, ref _output)))
        {
            return false;
        }

        var keyEnd = _output.Length;
        if (!Take((byte)':'))
        {
            return Fail(MalformedReason.NotJson);
        }

        _output.Append(": "u8);
        if (!Value(depth))
        {
            return false;
        }

        if (_memberCount == _members.Length)
        {
            GrowMembers();
        }

        _members[_memberCount++] = new Member(start, keyEnd, _output.Length);
        return true;
    }

    private bool Array(int depth)
    {
        _output.Append((byte)'[');
        _at++;
        if (!Take((byte)']'))
        {
            do
            {
                if (!Value(depth))
                {
                    return false;
                }
            }
            while (TakeComma());
            if (!Take((byte)']'))
            {
                return Fail(MalformedReason.NotJson);
            }
        }

        _output.Append((byte)']');
        return true;
    }

    /// <summary>Brings the members and their text in the order of their keys. False when a key occurs twice.</summary>
    private bool Sort(Span<Member> members)
    {
        var order = new KeyOrder(_output.Buffer);
        var isSorted = true;
        for (var i = 1; i < members.Length && isSorted; i++)
        {
            isSorted = order.Compare(members[i - 1], members[i]) < 0;
        }

        if (isSorted)
        {
            return true;
        }

        var start = members[0].Start;
        var length = _output.Length - start;
        members.Sort(order);
        for (var i = 1; i < members.Length; i++)
        {
            if (order.Compare(members[i - 1], members[i]) == 0)
            {
                return false;
            }
        }

        Rearrange(members, start, length);
        return true;
    }

    private void Rearrange(Span<Member> members, int start, int length)
    {
        var spare = _output.Append(length);
        var at = 0;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            if (i > 0)
            {
                ", "u8.CopyTo(spare[at..]);
                at += 2;
            }

            _output.Buffer.AsSpan(member.Start, member.End - member.Start).CopyTo(spare[at..]);
            members[i] = member.MovedTo(start + at);
            at += member.End - member.Start;
        }

        spare.CopyTo(_output.Buffer.AsSpan(start, length));
        _output.Truncate(start + length);
    }

    private bool Literal(ReadOnlySpan<byte> text)
    {
        if (!_json[_at..].StartsWith(text))
        {
            return Fail(MalformedReason.NotJson);
        }

        _at += text.Length;
        _output.Append(text);
        return true;
    }

    private bool TakeComma()
    {
        if (!Take((byte)','))
        {
            return false;
        }

        _output.Append(", "u8);
        return true;
    }

    private bool Take(byte expected)
    {
        SkipWhitespace();
        if (_at == _json.Length || _json[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipWhitespace()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    private bool Check(MalformedReason reason) => reason == MalformedReason.None || Fail(reason);

    private bool Fail(MalformedReason reason)
    {
        _reason = reason;
        return false;
    }

    private void GrowMembers()
    {
        var larger = ArrayPool<Member>.Shared.Rent(_members.Length * 2);
        _members.AsSpan(0, _memberCount).CopyTo(larger);
        ArrayPool<Member>.Shared.Return(_members);
        _members = larger;
    }

    /// <summary>Where <c>"key": value</c> stands in the canonical text; the key with its quotes.</summary>
    internal readonly record struct Member(int Start, int KeyEnd, int End)
    {
        public Member MovedTo(int start) => new(start, start + KeyEnd - Start, start + End - Start);
    }

    private readonly struct KeyOrder(byte[] text) : IComparer<Member>
    {
        public int Compare(Member x, Member y) => CanonicalString.Compare(
            text.AsSpan(x.Start + 1, x.KeyEnd - x.Start - 2),
            text.AsSpan(y.Start + 1, y.KeyEnd - y.Start - 2));
    }
}
