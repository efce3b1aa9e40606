using System.Text.Json.Serialization;

namespace Blockchain.Lab.Network;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NodeStatus))]
[JsonSerializable(typeof(Arrival[]))]
[JsonSerializable(typeof(KnownPeer[]))]
[JsonSerializable(typeof(BlockReference[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, double?>))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, long>>))]
internal sealed partial class NodeJson : JsonSerializerContext;
