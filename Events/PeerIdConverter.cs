using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>A peer by its name, a stranger by '@' and its address.</summary>
internal sealed class PeerIdConverter : JsonConverter<PeerId>
{
    /// <summary>UTF-16 units.</summary>
    private const int MaxLength = WireLimits.AddressLength + 1;

    public override PeerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: <= MaxLength } name
            ? new PeerId(name)
            : throw new JsonException($"A peer is a text of at most {MaxLength} characters.");

    public override void Write(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
