using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Running;

/// <summary>
/// Writes lines of the wire, in the layout of Python's <c>json.dumps</c>. Everything random is of the seed.
/// </summary>
internal sealed class Lines(SeededRandom random, Func<TimeSpan> now)
{
    public const string Genesis = "GENESIS";

    /// <summary>Unix seconds as they are written, with six decimals.</summary>
    public string Time() => now().TotalSeconds.ToString("0.0#####", CultureInfo.InvariantCulture);

    public string NewId()
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, random.NextUInt64());
        BitConverter.TryWriteBytes(bytes.AsSpan(8), random.NextUInt64());
        return new Guid(bytes).ToString();
    }

    /// <summary>The id of no block.</summary>
    public string NoBlock() => Hash(Text(NewId()));

    /// <summary>An object of fields whose values are JSON already.</summary>
    public static string Object(params IEnumerable<(string Name, string Json)> fields) =>
        "{" + string.Join(", ", fields.Select(field => $"{Text(field.Name)}: {field.Json}")) + "}";

    public static string Text(string value) => "\"" + JsonEncodedText.Encode(value) + "\"";

    public static string List(IEnumerable<string> values) => "[" + string.Join(", ", values) + "]";

    /// <summary>A message with a sender and an id of its own.</summary>
    public string Message(string type, string sender, params IEnumerable<(string Name, string Json)> fields) =>
        Object([("type", Text(type)), ("sender", Text(sender)), .. fields, ("message_id", Text(NewId()))]);

    public string Hello(PeerInfo peer) => Message(
        "HELLO",
        peer.Id.Value,
        ("ip", Text(peer.Ip)),
        ("port", peer.Port.ToString(CultureInfo.InvariantCulture)),
        ("flags", Flags(peer)),
        ("localnetworkid", peer.NetworkId.ToString(CultureInfo.InvariantCulture)));

    /// <summary>As in PEERS.</summary>
    public static string Entry(PeerInfo peer) => Object(
        ("peer_id", Text(peer.Id.Value)),
        ("ip", Text(peer.Ip)),
        ("port", peer.Port.ToString(CultureInfo.InvariantCulture)),
        ("flags", Flags(peer)),
        ("localnetworkid", peer.NetworkId.ToString(CultureInfo.InvariantCulture)));

    public string Ping(string sender, string? timestamp = null) =>
        Message("PING", sender, ("timestamp", timestamp ?? Time()));

    public string Pong(string sender, string timestamp) => Message("PONG", sender, ("timestamp", timestamp));

    public string Inv(string sender, params IEnumerable<string> ids) => Ids("INV", sender, ids);

    public string GetBlock(string sender, params IEnumerable<string> ids) => Ids("GETBLOCK", sender, ids);

    public string GetHeaders(string sender, params IEnumerable<string> locator) =>
        Message("GET_BLOCK_HEADERS", sender, ("locator", List(locator.Select(Text))));

    public string Headers(string sender, IEnumerable<string> headers) =>
        Message("BLOCK_HEADERS", sender, ("headers", List(headers)));

    public string Relay(string origin, string target, string payload) =>
        Message("RELAY", origin, ("target", Text(target)), ("payload", payload));

    /// <param name="more">Fields that stand behind those that the id covers, such as a trace context.</param>
    public Made Transaction(
        string? amount = null, string? timestamp = null, string from = "somebody", string to = "somebody else",
        params IReadOnlyList<(string Name, string Json)> more) =>
        Written(Text(from), Text(to), amount, timestamp, more);

    /// <param name="from">As it is to be written, with its quotes.</param>
    public Made TransactionFrom(string from) =>
        Written(from, Text("somebody else"), amount: null, timestamp: null, []);

    private Made Written(
        string from, string to, string? amount, string? timestamp, IReadOnlyList<(string Name, string Json)> more)
    {
        (string, string)[] covered =
        [
            ("type", Text("TX")), ("from", from), ("to", to),
            ("amount", amount ?? random.Next(1_000_000).ToString(CultureInfo.InvariantCulture)),
            ("timestamp", timestamp ?? Time()),
        ];
        var id = Hash(Object(covered));
        return new Made(id, Object([covered[0], ("tx_id", Text(id)), .. covered[1..], .. more]));
    }

    /// <param name="transactions">As they stand in it.</param>
    /// <param name="falseId">Null: the right one.</param>
    /// <param name="more">Fields that the tables do not have.</param>
    public Made Block(
        string parent, IReadOnlyList<Made>? transactions = null, string? falseId = null, string? sender = null,
        params IReadOnlyList<(string Name, string Json)> more)
    {
        (string Name, string Json)[] covered =
        [
            ("type", Text("BLOCK")), ("sender", Text(sender ?? $"maker {random.Next(1_000_000)}")),
            ("timestamp", Time()), ("previous_block_id", Text(parent)),
            ("transactions", List((transactions ?? []).Select(one => one.Text))), .. more,
        ];
        var id = falseId ?? Hash(Object(covered));
        return new Made(id, Object([.. covered, ("block_id", Text(id))]))
        {
            Parent = parent,
            Header = Object([.. covered[1..4], ("block_id", Text(id))]),
        };
    }

    /// <summary>Blocks one on top of the other.</summary>
    public IReadOnlyList<Made> Branch(string parent, int length)
    {
        var blocks = new List<Made>();
        for (var i = 0; i < length; i++)
        {
            blocks.Add(Block(i == 0 ? parent : blocks[^1].Id));
        }

        return blocks;
    }

    /// <summary>SHA-256 of the canonical form.</summary>
    public static string Hash(string json)
    {
        var canonical = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(Encoding.UTF8.GetBytes(json), canonical);
        return Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }

    private string Ids(string type, string sender, IEnumerable<string> ids) =>
        Message(type, sender, ("block_ids", List(ids.Select(Text))));

    private static string Flags(PeerInfo peer) =>
        Object(("nat", peer.Nat ? "true" : "false"), ("light", peer.Light ? "true" : "false"));
}
