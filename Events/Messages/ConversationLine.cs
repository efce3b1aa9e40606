using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>One message of a conversation.</summary>
/// <param name="Time">When its sender wanted to send it.</param>
/// <param name="Type">What it says; what a RELAY carries, not the RELAY.</param>
/// <param name="Subjects">The blocks or the transaction that it is about.</param>
/// <param name="What">What else it says, in words; null where type and subjects say all.</param>
/// <param name="Took">From its sender's wish to its arrival; null if it did not arrive.</param>
/// <param name="Waited">How long of that it waited for its turn, at the sender and at relays.</param>
/// <param name="Reason">Why it was lost, failed or was refused.</param>
/// <param name="Relays">By whom it went, in order; empty: directly.</param>
/// <param name="Ends">Where the two only pass it on: who wrote it, and whom it is for.</param>
public sealed record ConversationLine(
    TimeSpan Time,
    PeerId From,
    PeerId To,
    MessageType Type,
    IReadOnlyList<Hash256> Subjects,
    string? What,
    ArrowEnd End,
    TimeSpan? Took,
    TimeSpan Waited,
    DropReason? Reason,
    ImmutableArray<PeerId> Relays,
    (PeerId Origin, PeerId Target)? Ends);
