using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>The way by which one peer got a block or transaction, from where it was made, hop by hop.</summary>
/// <param name="Subject">The block or transaction.</param>
/// <param name="Hops">Each begins where and when the one before ends.</param>
/// <param name="IsComplete">False where nobody has told how the first of them got it.</param>
public sealed record SpreadPath(Hash256 Subject, ImmutableArray<PathHop> Hops, bool IsComplete)
{
    /// <summary>Where it begins: at its maker, if it is complete.</summary>
    public PeerId From => Hops[0].From;

    public PeerId To => Hops[^1].To;

    public TimeSpan Begin => Hops[0].Begin;

    public TimeSpan End => Hops[^1].End;

    /// <summary>The sum of all parts.</summary>
    public TimeSpan Delay => End - Begin;

    public IEnumerable<PathPart> Parts => Hops.SelectMany(hop => hop.Parts);

    /// <summary>How much of the delay was of this kind.</summary>
    public TimeSpan Sum(DelayKind kind) =>
        Parts.Where(part => part.Kind == kind).Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);
}
