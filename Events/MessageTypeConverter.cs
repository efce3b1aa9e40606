using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>
/// A message type by its name on the wire. One that is none of ours is <see cref="MessageType.Unknown"/>.
/// </summary>
internal sealed class MessageTypeConverter : JsonConverter<MessageType>
{
    public override MessageType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? MessageTypeNames.Parse(Encoding.UTF8.GetBytes(reader.GetString()!))
            : throw new JsonException("A type of message is a text.");

    public override void Write(Utf8JsonWriter writer, MessageType value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name());
}
