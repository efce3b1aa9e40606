using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blockchain.PeerNode.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PeerEntry[]))]
[JsonSerializable(typeof(HeaderEntry[]))]
[JsonSerializable(typeof(TransactionEntry[]))]
[JsonSerializable(typeof(BlockEntry[]))]
[JsonSerializable(typeof(ArrivalEntry[]))]
[JsonSerializable(typeof(RedundancyAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(TransactionRequest))]
[JsonSerializable(typeof(MinedAnswer))]
[JsonSerializable(typeof(TransactionAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(Dictionary<string, double?>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, long>>))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement[]>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, JsonElement[]>>))]
[JsonSerializable(typeof(Dictionary<string, PeerFlags>))]
[JsonSerializable(typeof(Dictionary<string, PeerConfig>))]
internal sealed partial class ApiJson : JsonSerializerContext;
