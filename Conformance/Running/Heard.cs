using System.Text.Json.Nodes;

namespace Blockchain.Conformance.Running;

/// <summary>A message of the node, as the player reads it that it was sent to.</summary>
/// <param name="Number">Its place among all that was heard.</param>
internal sealed record Heard(int Number, TimeSpan At, Neighbour To, string Text, JsonObject Json)
{
    public string Type => Json["type"]!.GetValue<string>();

    public string? MessageId => this["message_id"];

    /// <summary>The ids in <c>block_ids</c>.</summary>
    public IReadOnlyList<string> BlockIds => Ids("block_ids");

    public IReadOnlyList<string> Locator => Ids("locator");

    public IReadOnlyList<JsonObject> Headers => [.. Json["headers"]!.AsArray().Select(one => one!.AsObject())];

    public IReadOnlyList<JsonObject> Peers => [.. Json["peers"]!.AsArray().Select(one => one!.AsObject())];

    /// <summary>A field that is a text; null: it is missing.</summary>
    public string? this[string field] => Json[field] is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : null;

    public bool Is(string type) => Type == type;

    public bool IsBlock(string id) => Is("BLOCK") && this["block_id"] == id;

    public bool IsTransaction(string id) => Is("TX") && this["tx_id"] == id;

    public bool Announces(string id) => Is("INV") && BlockIds.Contains(id);

    public bool AsksFor(string id) => Is("GETBLOCK") && BlockIds.Contains(id);

    private List<string> Ids(string field) =>
        Json[field] is JsonArray ids ? [.. ids.Select(one => one!.GetValue<string>())] : [];
}
