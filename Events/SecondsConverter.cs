using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared;

namespace Blockchain.Events;

/// <summary>Seconds with up to six digits after the point, from 0 to <see cref="Durations.EndOfTime"/>.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    private const int Digits = 6;
    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDecimal(out var seconds)
        && seconds >= 0
        && seconds <= Durations.EndOfTime.Ticks / TicksPerSecond
            ? TimeSpan.FromTicks((long)(decimal.Round(seconds, Digits) * TicksPerSecond))
            : throw new JsonException("A time is a number of seconds, not below 0.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(decimal.Round(value.Ticks / TicksPerSecond, Digits));
}
