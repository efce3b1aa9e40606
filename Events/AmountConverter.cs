using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.Events;

/// <summary>A finite number of at least 0: a share or a rate.</summary>
internal sealed class AmountConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out var value)
        && double.IsFinite(value)
        && value >= 0
            ? value
            : throw new JsonException("It is not a number of at least 0.");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
