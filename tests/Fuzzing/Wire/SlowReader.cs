using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Wire;

/// <summary>
/// Reads lines by a slow rule of its own, written from <c>docs/wire.md</c>: through a document and strings, field by
/// field; the first thing wrong ends it.
/// </summary>
public static partial class SlowReader
{
    /// <param name="line">Valid JSON that has a canonical form.</param>
    public static (MalformedReason Reason, Message? Message) Read(byte[] line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = WireLimits.Depth });
        try
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (MalformedReason.None, Message(document.RootElement, isPayload: false))
                : (MalformedReason.NotAnObject, null);
        }
        catch (MalformedException e)
        {
            return (e.Reason, null);
        }
    }

    public static bool HasRightId(JsonElement transaction)
    {
        string[] keys = ["amount", "from", "timestamp", "to", "type"];
        var covered = keys.Select(key => $"\"{key}\": {SlowCanonicaliser.Canonicalise(transaction.GetProperty(key))}");
        return Sha256($"{{{string.Join(", ", covered)}}}") == transaction.GetProperty("tx_id").GetString();
    }

    public static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static Message Message(JsonElement o, bool isPayload)
    {
        var type = Text(o, "type");
        return type switch
        {
            "TX" => Transaction(o) with { TraceParent = TraceParent(o), TraceState = TraceState(o) },
            "BLOCK" => Block(o),
            "RELAY" when isPayload => throw new MalformedException(MalformedReason.NestedRelay),
            "RELAY" => Relay(o) with { TraceParent = TraceParent(o), TraceState = TraceState(o) },
            "HELLO" => new Hello(Info(o, "sender"), Id(o))
            {
                Relay = RelayName(o),
                TraceParent = TraceParent(o),
                TraceState = TraceState(o),
            },
            "PING" => new Ping(Peer(o, "sender"), Number(o, "timestamp"), Id(o)),
            "PONG" => new Pong(Peer(o, "sender"), Number(o, "timestamp"), Id(o)),
            "INV" => new Inv(Peer(o, "sender"), Hashes(o, "block_ids"), Id(o))
            {
                TraceParent = TraceParent(o),
                TraceState = TraceState(o),
            },
            "GETBLOCK" => new GetBlock(Peer(o, "sender"), Hashes(o, "block_ids"), Id(o))
            {
                Compact = Flag(o, "compact"),
                TraceParent = TraceParent(o),
                TraceState = TraceState(o),
            },
            "GET_BLOCK_HEADERS" => new GetBlockHeaders(
                Peer(o, "sender"), o.TryGetProperty("locator", out _) ? Hashes(o, "locator") : [], Id(o)),
            "BLOCK_HEADERS" => new BlockHeaders(
                Peer(o, "sender"), Objects(o, "headers", WireLimits.ListItems, Header), Id(o)),
            "GET_PEERS" => new GetPeers(Peer(o, "sender"), Id(o)),
            "PEERS" => new PeerList(
                Peer(o, "sender"), Objects(o, "peers", WireLimits.Peers, item => Info(item, "peer_id")), Id(o)),
            "CHALLENGE" => new Challenge(Peer(o, "sender"), Hash(o, "challenge"), Id(o)),
            "PROOF" => new Proof(Peer(o, "sender"), Peer(o, "target"), Signature(o), Id(o)),
            _ => OfRule(o, type) ?? new UnknownMessage(
                string.Concat(SlowCanonicaliser.Canonicalise(o.GetProperty("type"))[1..^1].Take(64))),
        };
    }

    private static Signature Signature(JsonElement o)
    {
        var text = Text(o, "signature");
        return text.Length == 128 && text.All(c => char.IsAsciiHexDigitLower(c))
            ? new Signature(Convert.FromHexString(text))
            : throw new MalformedException(MalformedReason.BadId);
    }

    private static Transaction Transaction(JsonElement o)
    {
        var id = Hash(o, "tx_id");
        Number(o, "amount");
        Text(o, "from");
        Number(o, "timestamp");
        Text(o, "to");
        return new Transaction(id, Bytes(o), HasRightId(o));
    }

    private static Block Block(JsonElement o)
    {
        var header = Header(o);
        var transactions = Objects(o, "transactions", WireLimits.TransactionsPerBlock, item =>
        {
            Require(item, "type", JsonValueKind.String);
            if (Text(item, "type") != "TX")
            {
                throw new MalformedException(MalformedReason.WrongType);
            }

            return Transaction(item);
        });

        var isValid = transactions.All(t => t.HasValidId)
            && Sha256(SlowCanonicaliser.Canonicalise(o, "block_id")) == header.Id.ToString();
        return new Block(header, [.. transactions.Select(t => t.Id)], Spans(Bytes(o)), Bytes(o), isValid);
    }

    /// <summary>Where the items of "transactions" stand.</summary>
    private static int[] Spans(byte[] block)
    {
        var reader = new Utf8JsonReader(block);
        var spans = new List<int>();
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            var isList = reader.ValueTextEquals("transactions");
            reader.Read();
            if (!isList)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                spans.Add((int)reader.TokenStartIndex);
                reader.Skip();
                spans.Add((int)reader.BytesConsumed);
            }
        }

        return [.. spans];
    }

    private static Relay Relay(JsonElement o)
    {
        var (sender, target, id) = (Peer(o, "sender"), Peer(o, "target"), Id(o));
        return new Relay(
            sender, target, Message(Require(o, "payload", JsonValueKind.Object), isPayload: true), id, Bytes(o));
    }

    private static BlockHeader Header(JsonElement o)
    {
        var (sender, timestamp, id) = (Peer(o, "sender"), Number(o, "timestamp"), Hash(o, "block_id"));
        return new BlockHeader(
            sender, timestamp, id, Text(o, "previous_block_id") == "GENESIS" ? default : Hash(o, "previous_block_id"));
    }

    private static PeerInfo Info(JsonElement o, string idKey)
    {
        var (id, ip, port) = (Peer(o, idKey), Text(o, "ip", 253), Integer(o, "port", 0, 65535));
        var (nat, light) = (false, false);
        if (o.TryGetProperty("flags", out _))
        {
            var flags = Require(o, "flags", JsonValueKind.Object);
            (nat, light) = (Flag(flags, "nat"), Flag(flags, "light"));
        }

        var isInGroup = o.TryGetProperty("localnetworkid", out var group) && group.ValueKind != JsonValueKind.Null;
        return new PeerInfo(
            id, ip, port, nat, light, isInGroup ? Integer(o, "localnetworkid", -1, int.MaxValue) : -1);
    }

    private static bool Flag(JsonElement o, string key) => o.TryGetProperty(key, out var value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new MalformedException(MalformedReason.WrongType));

    private static JsonElement Require(JsonElement o, string key, JsonValueKind kind) =>
        !o.TryGetProperty(key, out var value) ? throw new MalformedException(MalformedReason.MissingField)
        : value.ValueKind != kind ? throw new MalformedException(MalformedReason.WrongType)
        : value;

    private static string Text(JsonElement o, string key, int maxLength = int.MaxValue)
    {
        var text = Require(o, key, JsonValueKind.String).GetString()!;
        return text.Length <= maxLength ? text : throw new MalformedException(MalformedReason.BadString);
    }

    private static double Number(JsonElement o, string key) => double.Parse(
        SlowCanonicaliser.Canonicalise(Require(o, key, JsonValueKind.Number)), CultureInfo.InvariantCulture);

    private static int Integer(JsonElement o, string key, int min, int max) =>
        int.TryParse(
            SlowCanonicaliser.Canonicalise(Require(o, key, JsonValueKind.Number)),
            NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value >= min && value <= max
            ? value
            : throw new MalformedException(MalformedReason.BadNumber);

    private static PeerId Peer(JsonElement o, string key)
    {
        var name = Text(o, key, 64);
        return name.Length > 0 && name[0] != '@'
            ? new PeerId(name)
            : throw new MalformedException(MalformedReason.BadId);
    }

    private static MessageId Id(JsonElement o)
    {
        var id = SlowCanonicaliser.Canonicalise(Require(o, "message_id", JsonValueKind.String))[1..^1];
        var hex = Guid.TryParseExact(id, "D", out var uuid) && id.Length == 36 ? uuid.ToString("N") : Sha256(id)[..32];
        return new MessageId(UInt128.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static Hash256 Hash(JsonElement o, string key) => Hash(Text(o, key));

    private static Hash256 Hash(string hex) =>
        hex.Length == 64 && hex.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')) && hex.Any(c => c != '0')
            ? new Hash256(Convert.FromHexString(hex))
            : throw new MalformedException(MalformedReason.BadId);

    private static Hash256[] Hashes(JsonElement o, string key) => [.. List(o, key, WireLimits.ListItems).Select(
        item => item.ValueKind == JsonValueKind.String
            ? Hash(item.GetString()!)
            : throw new MalformedException(MalformedReason.WrongType))];

    private static T[] Objects<T>(JsonElement o, string key, int limit, Func<JsonElement, T> read) =>
        [.. List(o, key, limit).Select(item => item.ValueKind == JsonValueKind.Object
            ? read(item)
            : throw new MalformedException(MalformedReason.WrongType))];

    private static List<JsonElement> List(JsonElement o, string key, int limit)
    {
        var items = Require(o, key, JsonValueKind.Array).EnumerateArray().ToList();
        return items.Count <= limit ? items : throw new MalformedException(MalformedReason.TooManyItems);
    }

    private static string? TraceParent(JsonElement o) => Ascii(o, "traceparent", 55, 55);

    private static string? TraceState(JsonElement o) => TraceParent(o) is null ? null : Ascii(o, "tracestate", 1, 512);

    private static string? Ascii(JsonElement o, string key, int minLength, int maxLength) =>
        o.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text && text.Length >= minLength && text.Length <= maxLength
        && text.All(c => c is >= ' ' and <= '~' and not '"' and not '\\')
            ? text
            : null;

    private static byte[] Bytes(JsonElement o) => Encoding.UTF8.GetBytes(o.GetRawText());

    private sealed class MalformedException(MalformedReason reason) : Exception
    {
        public MalformedReason Reason { get; } = reason;
    }
}
