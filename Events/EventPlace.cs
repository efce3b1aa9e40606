namespace Blockchain.Events;

/// <summary>What a recording says of an event besides the event itself.</summary>
/// <param name="At">When it was heard.</param>
internal sealed record EventPlace(TimeSpan? At = null);
