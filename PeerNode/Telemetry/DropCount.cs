using Blockchain.Shared;
using Blockchain.Shared.Messages;

namespace Blockchain.PeerNode.Telemetry;

internal readonly record struct DropCount(MessageType Type, DropReason Reason, long Count);
