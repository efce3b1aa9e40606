using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>What is a message, and what is malformed (W10).</summary>
internal static class Wire
{
    public const int LongestLine = 4 * 1024 * 1024;

    private const int MostIds = 50_000;
    private const int MostTransactions = 20_000;
    private const int MostPeers = 10_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The lines that messages came on: they are passed on as they came (W17, W38).</summary>
    private static readonly ConditionalWeakTable<JsonObject, string> Lines = [];

    private static readonly (string Name, Predicate<JsonNode?> IsRight)[] Named =
        [("sender", IsPeer), ("message_id", IsText)];

    private static readonly (string Name, Predicate<JsonNode?> IsRight)[] Header =
        [("sender", IsPeer), ("timestamp", IsNumber), ("block_id", IsId), ("previous_block_id", IsParent)];

    private static readonly (string Name, Predicate<JsonNode?> IsRight)[] Transaction =
        [("tx_id", IsId), ("from", IsText), ("to", IsText), ("amount", IsNumber), ("timestamp", IsNumber)];

    private static readonly (string Name, Predicate<JsonNode?> IsRight)[] Entry =
        [("peer_id", IsPeer), ("ip", Optional(IsText)), ("port", Optional(IsPort)), ("flags", Optional(IsObject))];

    private static readonly Dictionary<string, (string Name, Predicate<JsonNode?> IsRight)[]> Fields = new()
    {
        ["HELLO"] = [.. Named, ("ip", IsText), ("port", IsPort), ("flags", Optional(IsObject))],
        ["PING"] = [.. Named, ("timestamp", IsNumber)],
        ["PONG"] = [.. Named, ("timestamp", IsNumber)],
        ["INV"] = [.. Named, ("block_ids", IsIds)],
        ["GETBLOCK"] = [.. Named, ("block_ids", IsIds)],
        ["GET_BLOCK_HEADERS"] = [.. Named, ("locator", Optional(IsIds))],
        ["BLOCK_HEADERS"] = [.. Named, ("headers", list => IsList(list, one => Has(one, Header), MostIds))],
        ["TX"] = Transaction,
        ["BLOCK"] = [.. Header, ("transactions", list => IsList(list, IsTransaction, MostTransactions))],
        ["RELAY"] = [.. Named, ("target", IsPeer), ("payload", IsObject)],
        ["GET_PEERS"] = Named,
        ["PEERS"] = [.. Named, ("peers", list => IsList(list, one => Has(one, Entry), MostPeers))],
    };

    /// <exception cref="JsonException">The line is malformed.</exception>
    public static JsonObject Parse(string line)
    {
        var message = JsonNode.Parse(line, documentOptions: Strict) as JsonObject ?? throw new JsonException();
        CheckValues(message);
        Check(message);
        if (message.Word("type") == "RELAY")
        {
            Require(message["payload"]!.AsObject().Word("type") != "RELAY");
            Check(message["payload"]);
        }

        Lines.Add(message, line.Trim());
        return message;
    }

    /// <summary>As it came; what is made here, as it is written.</summary>
    public static string LineOf(JsonObject message) =>
        Lines.TryGetValue(message, out var line) ? line : message.ToJsonString();

    private static void Check(JsonNode? message) => Require(Has(message, [("type", IsText)])
        && Has(message, Fields.GetValueOrDefault(message!.AsObject().Word("type"), [])));

    /// <summary>What JSON allows, and a message does not, may stand in any field.</summary>
    private static void CheckValues(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject fields:
                foreach (var (name, field) in fields)
                {
                    Require(!name.Any(char.IsSurrogate) || IsWhole(name));
                    CheckValues(field);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    CheckValues(item);
                }

                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                // Half a surrogate pair is no text: this throws.
                text.GetValue<string>();
                break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number:
                Require(double.IsFinite(number.GetValue<double>()));
                break;
        }
    }

    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    private static bool Has(JsonNode? value, (string Name, Predicate<JsonNode?> IsRight)[] fields) =>
        value is JsonObject message && fields.All(field => field.IsRight(message[field.Name]));

    private static Predicate<JsonNode?> Optional(Predicate<JsonNode?> isRight) =>
        value => value is null || isRight(value);

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number;

    private static bool IsObject(JsonNode? value) => value is JsonObject;

    private static bool IsPeer(JsonNode? value) =>
        IsText(value) && value!.GetValue<string>() is { Length: >= 1 and <= 64 } id && !id.StartsWith('@');

    private static bool IsId(JsonNode? value) => IsText(value) && value!.GetValue<string>() is { Length: 64 } id
        && id.All(char.IsAsciiHexDigitLower) && id.Any(digit => digit != '0');

    private static bool IsParent(JsonNode? value) =>
        (IsText(value) && value!.GetValue<string>() == "GENESIS") || IsId(value);

    private static bool IsPort(JsonNode? value) =>
        value is JsonValue number && number.TryGetValue<int>(out var port) && port is >= 0 and <= 65_535;

    private static bool IsIds(JsonNode? value) => IsList(value, IsId, MostIds);

    private static bool IsTransaction(JsonNode? value) =>
        Has(value, Transaction) && value!.AsObject().Word("type") == "TX";

    private static bool IsList(JsonNode? value, Predicate<JsonNode?> isRight, int most) =>
        value is JsonArray list && list.Count <= most && list.All(item => isRight(item));

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new JsonException();
        }
    }
}
