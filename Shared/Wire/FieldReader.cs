using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Reads the fields of one object. The first thing wrong is kept in <see cref="Reason"/>; what is read after that means
/// nothing, so that it need be asked only once, at the end.
/// </summary>
internal ref struct FieldReader
{
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private readonly JsonTape _tape;
    private readonly int _container;
    private MembersByField _members;

    /// <param name="container">The token of the object; of another kind, it is malformed.</param>
    public FieldReader(scoped in JsonTape tape, int container)
    {
        _tape = tape;
        _container = container;
        if (tape[container].Kind == TokenKind.Object)
        {
            _members.Fill(tape, container);
        }
        else
        {
            Reason = MalformedReason.WrongType;
        }
    }

    public readonly JsonTape Tape => _tape;

    public readonly int Container => _container;

    public MalformedReason Reason { get; private set; }

    /// <summary>Keeps the first reason.</summary>
    public void Fail(MalformedReason reason)
    {
        if (Reason == MalformedReason.None)
        {
            Reason = reason;
        }
    }

    /// <summary>The token of a field's value; 0 when it is missing.</summary>
    public readonly int Find(Field field) => _members[field];

    /// <summary>
    /// The same for a field that only the messages of some relay rules have. It has no place of its own in the table of
    /// each object, which would make reading every transaction slower.
    /// </summary>
    public readonly int Find(ReadOnlySpan<byte> name)
    {
        for (var member = _container + 1; member < _tape[_container].Next; member = _tape[member].Next)
        {
            if (_tape[member].Field == Field.Unknown && IsNamed(_tape.Key(member), name))
            {
                return member;
            }
        }

        return 0;
    }

    /// <inheritdoc cref="Require(Field, TokenKind)"/>
    public int Require(ReadOnlySpan<byte> name, TokenKind kind) => Require(Find(name), kind);

    /// <summary>The token of a field's value, which must be there and of that kind; 0 when it is not.</summary>
    public int Require(Field field, TokenKind kind) => Require(Find(field), kind);

    private int Require(int value, TokenKind kind)
    {
        if (value != 0 && _tape[value].Kind == kind)
        {
            return value;
        }

        Fail(value == 0 ? MalformedReason.MissingField : MalformedReason.WrongType);
        return 0;
    }

    /// <summary>A list of at most so many items, and how many it has; 0 when there is none.</summary>
    public int RequireList(Field field, int limit, out int count) =>
        CountList(Require(field, TokenKind.Array), limit, out count);

    /// <inheritdoc cref="RequireList(Field, int, out int)"/>
    public int RequireList(ReadOnlySpan<byte> name, int limit, out int count) =>
        CountList(Require(name, TokenKind.Array), limit, out count);

    private int CountList(int list, int limit, out int count)
    {
        count = list == 0 ? 0 : _tape.CountItems(list);
        if (count <= limit)
        {
            return list;
        }

        Fail(MalformedReason.TooManyItems);
        return count = 0;
    }

    /// <summary>Moves from a list to its first item, from there to the second; each must be an object.</summary>
    public readonly FieldReader NextItem(ref int token)
    {
        Assertions.That(token > _container && token < _tape[_container].Next, "A list is in its object.");
        token = _tape[token].Kind == TokenKind.Array ? token + 1 : _tape[token].Next;
        return new FieldReader(_tape, token);
    }

    /// <summary>A text in canonical form, without its quotes.</summary>
    public ReadOnlySpan<byte> Text(Field field)
    {
        var value = Require(field, TokenKind.Text);
        return value == 0 ? default : _tape.CanonicalText(value);
    }

    public string String(Field field, int maxLength)
    {
        var value = Require(field, TokenKind.Text);
        var text = value == 0 ? "" : CanonicalText.Decode(_tape.Raw(value));
        if (text.Length > maxLength)
        {
            Fail(MalformedReason.BadString);
        }

        return text;
    }

    public double Number(Field field)
    {
        var value = Require(field, TokenKind.Number);
        return value == 0 ? 0 : double.Parse(_tape.Canonical(value), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public PeerId Peer(Field field)
    {
        var id = new PeerId(String(field, WireLimits.PeerIdLength));
        if (id.Value.Length == 0 || id.IsStranger)
        {
            Fail(MalformedReason.BadId);
        }

        return id;
    }

    public MessageId MessageId()
    {
        var text = Text(Field.MessageId);
        return Utf8Parser.TryParse(text, out Guid uuid, out var used, 'D') && used == text.Length
            ? Wire.MessageId.Of(uuid)
            : Wire.MessageId.Of(Hash256.Compute(text));
    }

    public Hash256 Hash(Field field) => HashOf(Text(field));

    /// <summary>An id or "GENESIS".</summary>
    public Hash256 ParentHash(Field field)
    {
        var text = Text(field);
        return text.SequenceEqual("GENESIS"u8) ? Hash256.Genesis : HashOf(text);
    }

    public Hash256[] Hashes(Field field) =>
        HashesOf(RequireList(field, WireLimits.ListItems, out var count), count);

    /// <inheritdoc cref="Hashes(Field)"/>
    public Hash256[] Hashes(ReadOnlySpan<byte> name) =>
        HashesOf(RequireList(name, WireLimits.ListItems, out var count), count);

    private Hash256[] HashesOf(int list, int count)
    {
        var ids = new Hash256[count];
        for (int i = 0, item = list + 1; i < count && Reason == MalformedReason.None; i++, item = _tape[item].Next)
        {
            if (_tape[item].Kind == TokenKind.Text)
            {
                ids[i] = HashOf(_tape.CanonicalText(item));
            }
            else
            {
                Fail(MalformedReason.WrongType);
            }
        }

        return ids;
    }

    /// <summary>A signature, which must be there.</summary>
    public Signature Signature()
    {
        if (!Wire.Signature.TryParse(Text(Field.Signature), out var signature))
        {
            Fail(MalformedReason.BadId);
        }

        return signature;
    }

    /// <summary>A signature, an extension: whatever is not in its form counts as absent.</summary>
    public readonly Signature? SignatureIfAny() =>
        Find(Field.Signature) is not 0 and var value && _tape[value].Kind == TokenKind.Text
        && Wire.Signature.TryParse(_tape.CanonicalText(value), out var signature)
            ? signature
            : null;

    /// <summary>What HELLO, and each entry of PEERS, says of a peer. Flags and network may be missing.</summary>
    public PeerInfo PeerInfo(Field idField)
    {
        var id = Peer(idField);
        var ip = String(Field.Ip, WireLimits.AddressLength);
        var port = Integer(Field.Port, 0, ushort.MaxValue);
        var (nat, light) = (false, false);
        if (Find(Field.Flags) is not 0 and var value)
        {
            var flags = new FieldReader(_tape, value);
            (nat, light) = (flags.Flag(Field.Nat), flags.Flag(Field.Light));
            Fail(flags.Reason);
        }

        // A peer outside all groups has -1, or, in some foreign files, null.
        var network = Find(Field.LocalNetworkId);
        return new PeerInfo(id, ip, port, nat, light, network == 0 || _tape[network].Kind == TokenKind.Null
            ? Shared.PeerInfo.NoNetwork
            : Integer(Field.LocalNetworkId, Shared.PeerInfo.NoNetwork, int.MaxValue));
    }

    /// <summary>The trace context, an extension: whatever is not in its form counts as absent.</summary>
    public readonly (string? Parent, string? State) Trace()
    {
        var parent = Ascii(Field.TraceParent, WireLimits.TraceParentLength, WireLimits.TraceParentLength);
        return (parent, parent is null ? null : Ascii(Field.TraceState, 1, WireLimits.TraceStateLength));
    }

    /// <summary>The object's bytes for good: a copy, unless the RELAY around it has been copied already.</summary>
    public readonly ReadOnlyMemory<byte> Keep(ReadOnlyMemory<byte> relay) => relay.IsEmpty
        ? _tape.Raw(_container).ToArray()
        : relay[(_tape[_container].Start - _tape[0].Start)..(_tape[_container].End - _tape[0].Start)];

    /// <summary>Writes the object in canonical form, but of its fields only some, a bit for each.</summary>
    public readonly void WriteFields(uint fields, ref PooledBytes output) =>
        new CanonicalWriter(_tape, ref output).WriteFields(_members, fields);

    /// <summary>A text of so many characters, none of which canonical JSON escapes.</summary>
    private readonly string? Ascii(Field field, int minLength, int maxLength)
    {
        var value = Find(field);
        if (value == 0 || _tape[value].Kind != TokenKind.Text)
        {
            return null;
        }

        var text = _tape.CanonicalText(value);
        return text.Length >= minLength && text.Length <= maxLength && !text.Contains((byte)'\\')
            ? Encoding.ASCII.GetString(text)
            : null;
    }

    /// <summary>A whole number of a field that only some relay rules have.</summary>
    public int Integer(ReadOnlySpan<byte> name, int min, int max) =>
        IntegerOf(Require(name, TokenKind.Number), min, max);

    /// <summary>A list of whole numbers of a field that only some relay rules have.</summary>
    public int[] Integers(ReadOnlySpan<byte> name, int limit, int max)
    {
        var list = RequireList(name, limit, out var count);
        var numbers = new int[count];
        for (int i = 0, item = list + 1; i < count && Reason == MalformedReason.None; i++, item = _tape[item].Next)
        {
            numbers[i] = _tape[item].Kind == TokenKind.Number ? IntegerOf(item, 0, max) : 0;
            if (_tape[item].Kind != TokenKind.Number)
            {
                Fail(MalformedReason.WrongType);
            }
        }

        return numbers;
    }

    /// <summary>True or false, of a field that only some relay rules have; false when it is missing.</summary>
    public bool Flag(ReadOnlySpan<byte> name) => FlagOf(Find(name));

    /// <summary>A text of lower-case hexadecimal digits, so many for each of at most so many numbers.</summary>
    public ulong[] HexNumbers(ReadOnlySpan<byte> name, int digits, int limit)
    {
        var value = Require(name, TokenKind.Text);
        var text = value == 0 ? default : _tape.CanonicalText(value);
        if (text.ContainsAnyExcept(HexDigits) || text.Length % digits != 0)
        {
            Fail(MalformedReason.BadString);
            return [];
        }

        if (text.Length / digits > limit)
        {
            Fail(MalformedReason.TooManyItems);
            return [];
        }

        var numbers = new ulong[text.Length / digits];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ulong.Parse(
                text.Slice(i * digits, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return numbers;
    }

    private static bool IsNamed(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name) => key.Contains((byte)'\\')
        ? CanonicalText.Decode(key) == Encoding.UTF8.GetString(name)
        : key[1..^1].SequenceEqual(name);

    private int Integer(Field field, int min, int max) => IntegerOf(Require(field, TokenKind.Number), min, max);

    private int IntegerOf(int value, int min, int max)
    {
        var text = value == 0 ? default : _tape.Canonical(value);
        if (!Utf8Parser.TryParse(text, out int number, out var used) || used != text.Length
            || number < min || number > max)
        {
            Fail(MalformedReason.BadNumber);
        }

        return number;
    }

    private bool Flag(Field field) => FlagOf(Find(field));

    private bool FlagOf(int value)
    {
        var kind = value == 0 ? TokenKind.False : _tape[value].Kind;
        if (kind is not (TokenKind.True or TokenKind.False))
        {
            Fail(MalformedReason.WrongType);
        }

        return kind == TokenKind.True;
    }

    private Hash256 HashOf(ReadOnlySpan<byte> hex)
    {
        if (!Hash256.TryParse(hex, out var id))
        {
            Fail(MalformedReason.BadId);
        }

        return id;
    }
}
