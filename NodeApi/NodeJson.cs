using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.NodeApi;

/// <summary>How the answers of a node are written and read.</summary>
// Strict: what a node says otherwise than expected is to fail with its name, not to be read as nothing.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NodeStatus))]
[JsonSerializable(typeof(Arrival[]))]
[JsonSerializable(typeof(KnownPeer[]))]
[JsonSerializable(typeof(HeaderEntry[]))]
[JsonSerializable(typeof(TransactionEntry[]))]
[JsonSerializable(typeof(BlockEntry[]))]
[JsonSerializable(typeof(RedundantMessages))]
[JsonSerializable(typeof(MinedAnswer))]
[JsonSerializable(typeof(TransactionAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, double?>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, long>>))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement[]>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, JsonElement[]>>))]
[JsonSerializable(typeof(Dictionary<string, PeerFlags>))]
[JsonSerializable(typeof(Dictionary<string, PeerConfig>))]
public sealed partial class NodeJson : JsonSerializerContext;
