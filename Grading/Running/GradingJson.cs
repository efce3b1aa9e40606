using System.Text.Json.Serialization;

namespace Blockchain.Grading.Running;

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(KeptResult))]
internal sealed partial class GradingJson : JsonSerializerContext;
