using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Reads the fields of an object in canonical form. The first thing wrong is kept in <see cref="Reason"/>; what is read
/// after that means nothing, so that it need be asked only once, at the end.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> canonical)
{
    private readonly ReadOnlySpan<byte> _object = canonical;

    public MalformedReason Reason { get; private set; }

    public static FieldReader OfItem(ReadOnlySpan<byte> item)
    {
        var isObject = item[0] == '{';
        return new FieldReader(isObject ? item : "{}"u8)
        {
            Reason = isObject ? MalformedReason.None : MalformedReason.WrongType,
        };
    }

    public readonly bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        var walk = new JsonWalk(_object);
        while (walk.NextMember())
        {
            if (walk.Key[1..^1].SequenceEqual(key))
            {
                value = walk.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The value of a field whose JSON starts with one of the given bytes.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> key, ReadOnlySpan<byte> startsWith)
    {
        if (!TryGet(key, out var value))
        {
            Fail(MalformedReason.MissingField);
            return default;
        }

        if (!startsWith.Contains(value[0]))
        {
            Fail(MalformedReason.WrongType);
            return default;
        }

        return value;
    }

    /// <summary>The number of a field as it stands in canonical form.</summary>
    public ReadOnlySpan<byte> RawNumber(ReadOnlySpan<byte> key) => Raw(key, "-0123456789"u8);

    /// <summary>The string of a field in canonical form, with its quotes.</summary>
    public ReadOnlySpan<byte> RawText(ReadOnlySpan<byte> key) => Raw(key, "\""u8);

    public double Number(ReadOnlySpan<byte> key)
    {
        var text = RawNumber(key);
        return text.IsEmpty ? 0 : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public int Integer(ReadOnlySpan<byte> key, int min, int max)
    {
        var text = RawNumber(key);
        if (text.IsEmpty)
        {
            return min;
        }

        if (!Utf8Parser.TryParse(text, out int value, out var used) || used != text.Length || value < min || value > max)
        {
            Fail(MalformedReason.BadNumber);
        }

        return value;
    }

    public string Text(ReadOnlySpan<byte> key, int maxLength)
    {
        var text = RawText(key);
        if (text.IsEmpty)
        {
            return "";
        }

        var value = CanonicalString.Decode(text[1..^1]);
        if (value.Length > maxLength)
        {
            Fail(MalformedReason.BadString);
        }

        return value;
    }

    public PeerId Peer(ReadOnlySpan<byte> key)
    {
        var id = new PeerId(Text(key, WireLimits.PeerIdLength));
        if (id.Value.Length == 0 || id.IsStranger)
        {
            Fail(MalformedReason.BadId);
        }

        return id;
    }

    public MessageId MessageId()
    {
        var text = RawText("message_id"u8);
        if (text.IsEmpty)
        {
            return default;
        }

        text = text[1..^1];
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        if (Utf8Parser.TryParse(text, out Guid uuid, out var used, 'D') && used == text.Length)
        {
            uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        }
        else
        {
            SHA256.HashData(text, bytes);
        }

        return new MessageId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    public Hash256 Hash(ReadOnlySpan<byte> key)
    {
        var text = RawText(key);
        return text.IsEmpty ? default : HashOf(text);
    }

    /// <summary>An id or "GENESIS".</summary>
    public Hash256 ParentHash(ReadOnlySpan<byte> key)
    {
        var text = RawText(key);
        return text.IsEmpty || text.SequenceEqual("\"GENESIS\""u8) ? Hash256.Genesis : HashOf(text);
    }

    /// <summary>A list of ids; a missing one is empty where it may be missing.</summary>
    public Hash256[] Hashes(ReadOnlySpan<byte> key, bool isOptional = false)
    {
        if (isOptional && !TryGet(key, out _))
        {
            return [];
        }

        var ids = new Hash256[Count(key, WireLimits.ListItems, out var list)];
        var walk = new JsonWalk(list);
        for (var i = 0; i < ids.Length && Reason == MalformedReason.None; i++)
        {
            walk.NextItem();
            ids[i] = walk.Value[0] == '"' ? HashOf(walk.Value) : Fail<Hash256>(MalformedReason.WrongType);
        }

        return ids;
    }

    /// <summary>How many items a list has; its JSON.</summary>
    public int Count(ReadOnlySpan<byte> key, int limit, out ReadOnlySpan<byte> list)
    {
        list = Raw(key, "["u8);
        if (list.IsEmpty)
        {
            return 0;
        }

        var count = 0;
        var walk = new JsonWalk(list);
        while (walk.NextItem())
        {
            if (++count > limit)
            {
                Fail(MalformedReason.TooManyItems);
                return 0;
            }
        }

        return count;
    }

    /// <summary>What HELLO, and each entry of PEERS, says of a peer. Flags and network may be missing.</summary>
    public PeerInfo PeerInfo(ReadOnlySpan<byte> idKey)
    {
        var id = Peer(idKey);
        var ip = Text("ip"u8, WireLimits.AddressLength);
        var port = Integer("port"u8, 0, ushort.MaxValue);
        var (nat, light) = (false, false);
        if (TryGet("flags"u8, out var flags))
        {
            var reader = OfItem(flags);
            nat = reader.Flag("nat"u8);
            light = reader.Flag("light"u8);
            Fail(reader.Reason);
        }

        // A peer outside all groups has -1, or, in some foreign files, null.
        var network = TryGet("localnetworkid"u8, out var value) && !value.SequenceEqual("null"u8)
            ? Integer("localnetworkid"u8, Shared.PeerInfo.NoNetwork, int.MaxValue)
            : Shared.PeerInfo.NoNetwork;
        return new PeerInfo(id, ip, port, nat, light, network);
    }

    /// <summary>The trace context, an extension: whatever is not in its form counts as absent.</summary>
    public readonly string? TraceParent() =>
        TryGet("traceparent"u8, out var value) && IsTraceParent(value)
            ? System.Text.Encoding.ASCII.GetString(value[1..^1])
            : null;

    /// <summary>Whether this has the 55 characters of a W3C traceparent (plus quotes), none of them escaped.</summary>
    public static bool IsTraceParent(ReadOnlySpan<byte> quoted) =>
        quoted.Length == 57 && quoted[0] == '"' && !quoted.Contains((byte)'\\');

    /// <summary>What goes with the trace context; absent where that is, or where it is not in its form.</summary>
    public readonly string? TraceState() =>
        TryGet("traceparent"u8, out var parent) && IsTraceParent(parent)
        && TryGet("tracestate"u8, out var value) && IsTraceState(value)
            ? System.Text.Encoding.ASCII.GetString(value[1..^1])
            : null;

    /// <summary>Whether this is a string of at most 512 characters (plus quotes), none of them escaped.</summary>
    public static bool IsTraceState(ReadOnlySpan<byte> quoted) =>
        quoted.Length is > 2 and <= WireLimits.TraceStateLength + 2 && quoted[0] == '"' && !quoted.Contains((byte)'\\');

    /// <summary>Keeps the first reason.</summary>
    public void Fail(MalformedReason reason)
    {
        if (Reason == MalformedReason.None)
        {
            Reason = reason;
        }
    }

    private T Fail<T>(MalformedReason reason)
        where T : struct
    {
        Fail(reason);
        return default;
    }

    private bool Flag(ReadOnlySpan<byte> key)
    {
        if (!TryGet(key, out var value))
        {
            return false;
        }

        if (value[0] is not ((byte)'t' or (byte)'f'))
        {
            Fail(MalformedReason.WrongType);
        }

        return value[0] == 't';
    }

    private Hash256 HashOf(ReadOnlySpan<byte> quoted)
    {
        if (!Hash256.TryParse(quoted[1..^1], out var id))
        {
            Fail(MalformedReason.BadId);
        }

        return id;
    }
}
