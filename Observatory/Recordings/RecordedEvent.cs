using Blockchain.Shared;

namespace Blockchain.Observatory.Recordings;

/// <summary>An event and its place in the recording.</summary>
/// <param name="At">
/// When the event was heard; never less than that of the one before. It differs from the event's own time where a
/// peer told of the past, as at the begin of its stream.
/// </param>
public readonly record struct RecordedEvent(TimeSpan At, PeerEvent Event);
