using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.Shared.Observation;

/// <summary>
/// Events as JSON, one object each: <c>{"kind":"tip-changed","t":1763880000.123457,"peer":"5000",...}</c>. Times are seconds
/// with six digits, names in camelCase, ids hex, message types as on the wire. A reader passes over kinds and members
/// that it does not know. docs/events.md has all of them.
/// </summary>
public static class EventJson
{
    /// <summary>Goes up when a reader of the old form would misunderstand the new one or refuse it.</summary>
    public const int Version = 1;

    /// <summary>What the first line of a file of events says: <c>{"schema":"blockchain.events","version":1}</c>.</summary>
    public const string Schema = "blockchain.events";

    private const string KindMember = "kind";

    private static readonly Dictionary<Type, string> Kinds = typeof(PeerEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyCollection<string> AllKinds => Kinds.Values;

    /// <summary>What its JSON says as <c>kind</c>: "tip-changed".</summary>
    public static string KindOf(PeerEvent value) => Kinds[value.GetType()];

    public static byte[] Write(PeerEvent value) => JsonSerializer.SerializeToUtf8Bytes(value, EventJsonContext.Default.PeerEvent);

    public static void Write(Utf8JsonWriter writer, PeerEvent value) =>
        JsonSerializer.Serialize(writer, value, EventJsonContext.Default.PeerEvent);

    /// <returns>Null for a kind that this version does not know.</returns>
    /// <exception cref="JsonException">It is no event.</exception>
    public static PeerEvent? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EventJsonContext.Default.PeerEvent)
                ?? throw new JsonException("An event is an object.");
        }
        catch (NotSupportedException e)
        {
            return HasKind(json) ? null : throw new JsonException($"An event has a {KindMember}.", e);
        }
    }

    /// <summary>The serialiser says the same of a kind that it does not know and of one that is missing.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    private static bool HasKind(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var found = false;
        while (reader.Read())
        {
            found |= reader.CurrentDepth == 1
                && reader.TokenType == JsonTokenType.PropertyName
                && !reader.ValueIsEscaped
                && reader.ValueTextEquals(KindMember);
        }

        return found;
    }
}
