using System.Text.Json.Serialization;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Events;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(SecondsConverter),
        typeof(PeerIdConverter),
        typeof(HashConverter),
        typeof(AmountConverter),
        typeof(MessageTypeConverter),
        typeof(MessageIdConverter),
        typeof(EnumNameConverter<DropReason>),
        typeof(EnumNameConverter<MessageStage>),
        typeof(EnumNameConverter<PeerStatus>),
    ])]
[JsonSerializable(typeof(PeerEvent))]
[JsonSerializable(typeof(EventPlace))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
