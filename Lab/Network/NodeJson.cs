using System.Text.Json.Serialization;

namespace Blockchain.Lab.Network;

// Strict: what a node says otherwise than expected is to fail with its name, not to be read as nothing.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NodeStatus))]
[JsonSerializable(typeof(Arrival[]))]
[JsonSerializable(typeof(KnownPeer[]))]
[JsonSerializable(typeof(BlockReference[]))]
[JsonSerializable(typeof(RedundantMessages))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, double?>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, long>>))]
internal sealed partial class NodeJson : JsonSerializerContext;
