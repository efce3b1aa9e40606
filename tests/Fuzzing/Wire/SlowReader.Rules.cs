using System.Globalization;
using System.Text.Json;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Wire;

/// <content>The messages of single relay rules, section 13 of the page.</content>
public static partial class SlowReader
{
    private static Message? OfRule(JsonElement o, string type) => type switch
    {
        "SENDCMPCT" => new SendCompact(Peer(o, "sender"), Flag(o, "unasked"), Id(o)),
        "CMPCTBLOCK" => CompactBlock(o),
        "GETBLOCKTXN" => new GetBlockTransactions(
            Peer(o, "sender"), Hash(o, "block_id"), [.. List(o, "indexes", 20_000).Select(Place)], Id(o)),
        "BLOCKTXN" => new BlockTransactions(
            Peer(o, "sender"), Hash(o, "block_id"), Objects(o, "transactions", 20_000, Typed), Id(o)),
        "RUMOURS" => new Rumours(Peer(o, "sender"), Hashes(o, "block_ids"), Hashes(o, "tx_ids"), Id(o)),
        "IWANT" => new WantTransactions(Peer(o, "sender"), Hashes(o, "tx_ids"), Id(o)),
        "IHAVE" => new Have(Peer(o, "sender"), Hashes(o, "block_ids"), Hashes(o, "tx_ids"), Id(o)),
        "GRAFT" => new Graft(Peer(o, "sender"), Id(o)),
        "PRUNE" => new Prune(Peer(o, "sender"), Integer(o, "backoff", 0, 3_600), Id(o)),
        "STEMTX" => new StemTransaction(
            Peer(o, "sender"), Typed(Require(o, "tx", JsonValueKind.Object)), Id(o)),
        "REQRECON" => new RequestSketch(
            Peer(o, "sender"), Nonce(o), Integer(o, "set_size", 0, 50_000), Id(o)),
        "SKETCH" => new Sketch(Peer(o, "sender"), Nonce(o), Hex(o, "sketch", 8, 64), Id(o)),
        "RECONCILDIFF" => new SketchDifference(
            Peer(o, "sender"), Nonce(o), Flag(o, "success"), Hex(o, "ask", 8, 64), Id(o)),
        _ => null,
    };

    private static string? RelayName(JsonElement o) =>
        o.TryGetProperty("relay", out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= 64 } name ? name : null;

    private static CompactBlock CompactBlock(JsonElement o)
    {
        var sender = Peer(o, "sender");
        var block = Require(o, "block", JsonValueKind.Object);
        var isBlock = Text(block, "type") == "BLOCK" && !block.TryGetProperty("transactions", out _);
        var header = isBlock ? Header(block) : throw new MalformedException(MalformedReason.WrongType);
        return new CompactBlock(
            sender,
            header,
            Bytes(block),
            Nonce(o),
            Hex(o, "short_ids", 12, 20_000),
            Id(o));
    }

    private static Transaction Typed(JsonElement o) => Text(o, "type") == "TX"
        ? Transaction(o) with { TraceParent = TraceParent(o), TraceState = TraceState(o) }
        : throw new MalformedException(MalformedReason.WrongType);

    private static ulong Nonce(JsonElement o) => Hex(o, "nonce", 16, 1) is [var nonce]
        ? nonce
        : throw new MalformedException(MalformedReason.BadString);

    private static ulong[] Hex(JsonElement o, string key, int digits, int limit)
    {
        var text = Text(o, key);
        return !text.All(char.IsAsciiHexDigitLower) || text.Length % digits != 0
            ? throw new MalformedException(MalformedReason.BadString)
            : text.Length / digits > limit ? throw new MalformedException(MalformedReason.TooManyItems)
            : [.. text.Chunk(digits).Select(one => ulong.Parse(
                new string(one), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }

    private static int Place(JsonElement item) => item.ValueKind != JsonValueKind.Number
        ? throw new MalformedException(MalformedReason.WrongType)
        : int.TryParse(
            SlowCanonicaliser.Canonicalise(item), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var place) && place is >= 0 and < 20_000
            ? place
            : throw new MalformedException(MalformedReason.BadNumber);
}
