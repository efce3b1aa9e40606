using Blockchain.Shared;

namespace Blockchain.Events.Messages;

/// <summary>A piece of the time that a block or transaction needed.</summary>
/// <param name="At">Where it was spent; of a message on its way: by whom it was sent.</param>
/// <param name="Arrow">The message that waited or was on its way; null where somebody waited.</param>
/// <param name="Why">In words for people.</param>
public sealed record PathPart(
    DelayKind Kind, TimeSpan From, TimeSpan To, PeerId At, Arrow? Arrow, string Why)
{
    public TimeSpan Length => To - From;
}
