using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Reading;

namespace Blockchain.Simulation;

/// <summary>
/// Configurations and results as JSON: names in camelCase, durations as people write them ("10min"), a planned network
/// as its peers.json.
/// </summary>
public static class SimulationJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        // Not a generated one: those give a member that is left out no value, where the record has a default.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Converters =
        {
            new DurationConverter(),
            new PlanConverter(),
            new PeerIdConverter(),
            new ActConverter(),
            new MessageTypeConverter(),
            new JsonStringEnumConverter<DropReason>(),
            new JsonStringEnumConverter<NetworkShape>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<LatencyShape>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<Arrivals>(JsonNamingPolicy.KebabCaseLower),
        },
    };

    public static string Write(SimulationConfig config) => JsonSerializer.Serialize(config, Options);

    /// <exception cref="JsonException">It is no configuration; the message says what is wrong and where.</exception>
    public static SimulationConfig Read(string json) =>
        JsonSerializer.Deserialize<SimulationConfig>(json, Options) ?? throw new JsonException(
            "null is not a configuration.");

    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Durations.TryParse(reader.GetString(), out var duration)
                ? duration
                : throw new JsonException("A duration is a number and a unit: \"150ms\", \"15s\", \"10min\", \"2h\".");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Durations.Format(value));
    }

    private sealed class ActConverter : JsonConverter<Act>
    {
        public override Act Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            return ActJson.Read(json.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, Act value, JsonSerializerOptions options) =>
            ActJson.Write(value).WriteTo(writer);
    }

    private sealed class PeerIdConverter : JsonConverter<PeerId>
    {
        public override PeerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("A peer has a name."));

        public override void Write(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    /// <summary>By its name on the wire.</summary>
    private sealed class MessageTypeConverter : JsonConverter<MessageType>
    {
        public override MessageType Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            MessageTypeNames.Parse(Encoding.UTF8.GetBytes(reader.GetString() ?? string.Empty));

        public override void Write(Utf8JsonWriter writer, MessageType value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name());
    }

    private sealed class PlanConverter : JsonConverter<NetworkPlan>
    {
        public override NetworkPlan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var result = PeersFile.Parse(json.RootElement.GetRawText());
            return result.Plan ?? throw new JsonException(
                string.Join(' ', result.Errors.Select(problem => $"{problem.Path}: {problem.Message}")));
        }

        public override void Write(Utf8JsonWriter writer, NetworkPlan value, JsonSerializerOptions options) =>
            writer.WriteRawValue(PeersFile.Write(value));
    }
}
