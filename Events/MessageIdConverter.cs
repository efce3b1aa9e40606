using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>What a message is told from others by, as the text of a UUID.</summary>
internal sealed class MessageIdConverter : JsonConverter<MessageId>
{
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var uuid)
            ? MessageId.Of(uuid)
            : throw new JsonException("The id of a message is a UUID.");

    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToGuid());
}
