using System.Collections.Immutable;
using Blockchain.Shared;

namespace Blockchain.Events.Messages;

/// <summary>The way from one peer that has something to the next one that gets it from there.</summary>
/// <param name="Parts">One after the other, without a gap, from when the first had it until the second has it.</param>
/// <param name="Arrows">The messages by which it went, in their order; relays have one for each leg.</param>
public sealed record PathHop(
    PeerId From, PeerId To, ImmutableArray<PathPart> Parts, ImmutableArray<Arrow> Arrows)
{
    public TimeSpan Begin => Parts[0].From;

    public TimeSpan End => Parts[^1].To;
}
