using System.Text.Json;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>What is a message, and what is malformed (W10).</summary>
internal static class Wire
{
    public const int LongestLine = 4 * 1024 * 1024;

    private const string Text = "text";
    private const string Number = "number";
    private const string List = "list";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private static readonly Dictionary<string, (string Name, string Kind)[]> Fields = new()
    {
        ["HELLO"] = [("sender", Text), ("ip", Text), ("port", Number), ("message_id", Text)],
        ["PING"] = [("sender", Text), ("timestamp", Number), ("message_id", Text)],
        ["PONG"] = [("sender", Text), ("timestamp", Number), ("message_id", Text)],
        ["INV"] = [("sender", Text), ("block_ids", List), ("message_id", Text)],
        ["GETBLOCK"] = [("sender", Text), ("block_ids", List), ("message_id", Text)],
        ["GET_BLOCK_HEADERS"] = [("sender", Text), ("message_id", Text)],
        ["BLOCK_HEADERS"] = [("sender", Text), ("headers", List), ("message_id", Text)],
        ["TX"] = [("tx_id", Text), ("from", Text), ("to", Text), ("amount", Number), ("timestamp", Number)],
        ["BLOCK"] =
        [
            ("sender", Text), ("timestamp", Number), ("previous_block_id", Text), ("transactions", List),
            ("block_id", Text),
        ],
        ["RELAY"] = [("sender", Text), ("target", Text), ("payload", "object"), ("message_id", Text)],
        ["GET_PEERS"] = [("sender", Text), ("message_id", Text)],
        ["PEERS"] = [("sender", Text), ("peers", List), ("message_id", Text)],
    };

    private static readonly (string Name, string Kind)[] Header =
        [("sender", Text), ("timestamp", Number), ("block_id", Text), ("previous_block_id", Text)];

    /// <exception cref="JsonException">The line is malformed.</exception>
    public static JsonObject Parse(string line)
    {
        var message = JsonNode.Parse(line, documentOptions: Strict) as JsonObject ?? throw new JsonException();
        Check(message);
        if (message.Word("type") == "RELAY")
        {
            var payload = message["payload"]!.AsObject();
            Require(payload.Word("type") != "RELAY");
            Check(payload);
        }

        return message;
    }

    private static void Check(JsonObject message)
    {
        Check(message, [("type", Text)]);
        Check(message, Fields.GetValueOrDefault(message.Word("type"), []));
        foreach (var ids in (string[])["block_ids", "locator"])
        {
            Require(message.Items(ids).All(id => Is(id, Text)));
        }

        CheckAll(message.Items("headers"), Header);
        CheckAll(message.Items("transactions"), Fields["TX"]);
        CheckAll(message.Items("peers"), [("peer_id", Text)]);
    }

    private static void CheckAll(JsonArray items, (string Name, string Kind)[] fields)
    {
        foreach (var item in items)
        {
            Check(item as JsonObject ?? throw new JsonException(), fields);
        }
    }

    private static void Check(JsonObject value, (string Name, string Kind)[] fields) =>
        Require(fields.All(field => Is(value[field.Name], field.Kind)));

    private static bool Is(JsonNode? value, string kind) => value?.GetValueKind() switch
    {
        JsonValueKind.String => kind == Text,
        JsonValueKind.Number => kind == Number && double.IsFinite(value.GetValue<double>()),
        JsonValueKind.Array => kind == List,
        JsonValueKind.Object => kind == "object",
        _ => false,
    };

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new JsonException();
        }
    }
}
