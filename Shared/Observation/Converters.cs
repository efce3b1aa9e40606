using System.Text.Json;
using System.Text.Json.Serialization;
using Blockchain.Shared.Messages;

namespace Blockchain.Shared.Observation;

/// <summary>Seconds with up to six digits after the point.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var seconds = reader.GetDecimal();
        return seconds >= 0 && seconds <= long.MaxValue / TicksPerSecond
            ? TimeSpan.FromTicks((long)(seconds * TicksPerSecond))
            : throw new JsonException($"{seconds} is no time in seconds.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(decimal.Round(value.Ticks / TicksPerSecond, 6));
}

internal sealed class PeerIdConverter : JsonConverter<PeerId>
{
    public override PeerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A peer has a name."));

    public override void Write(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}

/// <summary>64 hex digits, or GENESIS for the parent of a first block.</summary>
internal sealed class HashConverter : JsonConverter<Hash256>
{
    private const string Genesis = "GENESIS";

    public override Hash256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return Hash256.TryParse(text, out var hash) || text == Genesis
            ? hash
            : throw new JsonException($"{text} is no id.");
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
