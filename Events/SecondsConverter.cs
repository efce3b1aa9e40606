using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.Events;

/// <summary>Seconds with up to six digits after the point, from 0 to <see cref="Longest"/>.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    private const int Digits = 6;
    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;

    /// <summary>As a time since the epoch, the end of the year 9999; a reader can make a date of anything up to it.</summary>
    public static readonly TimeSpan Longest = DateTime.MaxValue.Date - DateTime.UnixEpoch;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDecimal(out var seconds)
        && seconds >= 0
        && seconds <= Longest.Ticks / TicksPerSecond
            ? TimeSpan.FromTicks((long)(decimal.Round(seconds, Digits) * TicksPerSecond))
            : throw new JsonException("A time is a number of seconds, not below 0.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(decimal.Round(value.Ticks / TicksPerSecond, Digits));
}
