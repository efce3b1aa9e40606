using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Blockchain.Shared.Topology;

/// <summary>
/// A network as a program reads it that knows nothing of us: no comments, groups or defaults, every setting of every
/// peer, times in seconds. It is a <c>peers.json</c> all the same.
/// </summary>
public static class PlainPlan
{
    /// <summary>The whole file.</summary>
    public static string File(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var peers = new JsonObject();
        foreach (var peer in plan.Peers)
        {
            var entry = new JsonObject
            {
                ["ip"] = peer.Info.Ip,
                ["port"] = peer.Info.Port,
                ["nat"] = peer.Info.Nat,
                ["light"] = peer.Info.Light,
                ["localnetworkid"] = peer.Info.NetworkId,
            };
            foreach (var (name, value) in Settings(peer.Settings))
            {
                entry[name] = value?.DeepClone();
            }

            peers[peer.Id.Value] = entry;
        }

        var file = new JsonObject { ["peers"] = peers };
        return file.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    /// <summary>Every setting under its name in <c>peers.json</c>, times in seconds.</summary>
    public static JsonObject Settings(PeerSettings settings)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var knob in Knobs.All)
            {
                writer.WritePropertyName(knob.Name);
                knob.Write(writer, settings);
            }

            writer.WriteEndObject();
        }

        var read = JsonNode.Parse(bytes.WrittenSpan)!.AsObject();
        return new JsonObject(read.Select(one => KeyValuePair.Create(one.Key, Plain(one.Value))));
    }

    private static JsonNode? Plain(JsonNode? value) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        JsonObject fields => new JsonObject(fields.Select(one => KeyValuePair.Create(one.Key, Plain(one.Value)))),
        JsonValue text when text.TryGetValue<string>(out var word) && Durations.TryParse(word, out var time) =>
            JsonValue.Create(time.TotalSeconds),
        _ => value?.DeepClone(),
    };
}
