using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>One line of a connection: a message and what its signatures say, or why it is none.</summary>
internal readonly record struct ReceivedLine(Message? Message, MalformedReason Reason, Verdict Verdict);
