using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.Shared.Observation;

/// <summary>
/// Events as JSON, one object each: <c>{"kind":"tip-changed","t":1763880000.123457,"peer":"5000",...}</c>. Times are seconds
/// with six digits, names in camelCase, ids hex. A reader passes over members that it does not know.
/// </summary>
public static class EventJson
{
    /// <summary>Goes up when a reader of the old form would misunderstand the new one.</summary>
    public const int Version = 1;

    /// <summary>What the first line of a file of events says: <c>{"schema":"blockchain.events","version":1}</c>.</summary>
    public const string Schema = "blockchain.events";

    public static byte[] Write(PeerEvent value) => JsonSerializer.SerializeToUtf8Bytes(value, EventJsonContext.Default.PeerEvent);

    public static void Write(Utf8JsonWriter writer, PeerEvent value) =>
        JsonSerializer.Serialize(writer, value, EventJsonContext.Default.PeerEvent);

    /// <returns>Null for a kind that this version does not know.</returns>
    /// <exception cref="JsonException">It is no event.</exception>
    public static PeerEvent? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EventJsonContext.Default.PeerEvent);
        }
        catch (NotSupportedException)
        {
            // The serialiser's word for an unknown or missing kind.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SecondsConverter), typeof(PeerIdConverter), typeof(HashConverter)])]
[JsonSerializable(typeof(PeerEvent))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
