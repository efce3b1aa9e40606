using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>64 lower-case hex digits, or GENESIS for the parent of a first block.</summary>
internal sealed class HashConverter : JsonConverter<Hash256>
{
    private const string Genesis = "GENESIS";

    public override Hash256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Hash256.TryParse(text, out var hash) || text == Genesis
            ? hash
            : throw new JsonException($"An id is {Hash256.HexLength} hex digits or {Genesis}.");
    }

    public override void Write(Utf8JsonWriter writer, Hash256 value, JsonSerializerOptions options)
    {
        if (value.IsGenesis)
        {
            writer.WriteStringValue(Genesis);
            return;
        }

        Span<byte> hex = stackalloc byte[Hash256.HexLength];
        value.WriteHex(hex);
        writer.WriteStringValue(hex);
    }
}
