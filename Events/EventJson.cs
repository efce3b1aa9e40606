using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared;

namespace Blockchain.Events;

/// <summary>
/// Events as JSON, one object each: <c>{"kind":"tip-changed",...,"t":1763880000.123457,"peer":"5000"}</c>. Times are
/// seconds with six digits, names in camelCase, ids hex, message types as on the wire. A reader passes over kinds and
/// members
/// that it does not know. docs/events.md has all of them.
/// </summary>
public static class EventJson
{
    /// <summary>Goes up when a reader of the old form would misunderstand the new one or refuse it.</summary>
    public const int Version = 1;

    /// <summary>
    /// What the first line of a file of events says: <c>{"schema":"blockchain.events","version":1}</c>.
    /// </summary>
    public const string Schema = "blockchain.events";

    private const string KindMember = "kind";

    private static readonly Dictionary<Type, string> Kinds = typeof(PeerEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyCollection<string> AllKinds => Kinds.Values;

    /// <summary>The names of what an event of this kind may say beside its kind.</summary>
    /// <exception cref="InvalidOperationException">There is no such kind.</exception>
    public static IEnumerable<string> MembersOf(string kind)
    {
        var type = Kinds.First(one => one.Value == kind).Key;
        return EventJsonContext.Default.Options.GetTypeInfo(type).Properties.Select(property => property.Name);
    }

    /// <summary>What its JSON says as <c>kind</c>: "tip-changed".</summary>
    public static string KindOf(PeerEvent value) => Kinds[value.GetType()];

    public static byte[] Write(PeerEvent value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, EventJsonContext.Default.PeerEvent);

    public static void Write(Utf8JsonWriter writer, PeerEvent value) =>
        JsonSerializer.Serialize(writer, value, EventJsonContext.Default.PeerEvent);

    /// <summary>An event with the time at which it was heard, as a line of a recording.</summary>
    public static byte[] Write(PeerEvent value, TimeSpan at)
    {
        var place = JsonSerializer.SerializeToUtf8Bytes(new EventPlace(at), EventJsonContext.Default.EventPlace);
        return [.. Write(value).AsSpan()[..^1], (byte)',', .. place.AsSpan(1)];
    }

    /// <summary>When an event was heard, where its line says so.</summary>
    /// <exception cref="JsonException">It is no such line, or what it says is no time.</exception>
    public static TimeSpan? ReadPlace(ReadOnlySpan<byte> json) => json.IndexOf("\"at\""u8) >= 0
        ? JsonSerializer.Deserialize(json, EventJsonContext.Default.EventPlace)?.At
        : null;

    /// <returns>Null for a kind that this version does not know.</returns>
    /// <exception cref="JsonException">It is no event.</exception>
    public static PeerEvent? Read(ReadOnlySpan<byte> json)
    {
        if (IsOfUnknownKind(json))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, EventJsonContext.Default.PeerEvent)
                ?? throw new JsonException("An event is an object.");
        }
        catch (NotSupportedException e)
        {
            // The serialiser's word for a missing kind.
            throw new JsonException($"An event has a {KindMember}.", e);
        }
    }

    /// <summary>The serialiser itself says the same of an unknown kind as of what is no event.</summary>
    /// <exception cref="JsonException">It is no JSON; found out for unknown kinds only.</exception>
    private static bool IsOfUnknownKind(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = !reader.ValueIsEscaped && reader.ValueTextEquals(KindMember);
            reader.Read();
            if (!isKind)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || IsKind(ref reader))
            {
                return false;
            }

            while (reader.Read())
            {
            }

            return true;
        }

        return false;
    }

    private static bool IsKind(ref Utf8JsonReader reader)
    {
        foreach (var kind in Kinds.Values)
        {
            if (reader.ValueTextEquals(kind))
            {
                return true;
            }
        }

        return false;
    }
}
