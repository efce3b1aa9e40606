using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

internal readonly record struct DropCount(MessageType Type, DropReason Reason, long Count);
