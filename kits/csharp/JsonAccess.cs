using System.Text.Json;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>Short ways to what stands in a message.</summary>
public static class JsonAccess
{
    /// <summary>A text; empty if there is none.</summary>
    public static string Word(this JsonObject value, string name) =>
        value[name] is JsonValue word && word.TryGetValue<string>(out var text) ? text : "";

    /// <summary>A list; empty if there is none.</summary>
    public static JsonArray Items(this JsonObject value, string name) => value[name] as JsonArray ?? [];

    /// <summary>A list of texts.</summary>
    public static string[] Words(this JsonObject value, string name) =>
        [.. value.Items(name).Select(item => item!.GetValue<string>())];

    public static double Number(this JsonObject value, string name, double usual) =>
        value[name] is JsonValue number && number.GetValueKind() == JsonValueKind.Number
            ? number.GetValue<double>()
            : usual;

    /// <summary>A new list of texts.</summary>
    public static JsonArray List(IEnumerable<string> words) =>
        [.. words.Select(word => (JsonNode?)JsonValue.Create(word))];
}
