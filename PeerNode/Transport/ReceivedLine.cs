using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>One line of a connection: a message, or why it is none.</summary>
internal readonly record struct ReceivedLine(Message? Message, MalformedReason Reason);
