using System.Collections.Immutable;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Recordings;

/// <summary>A recording that has ended, to be looked at again. It does not change.</summary>
/// <param name="Events">In the order of their places.</param>
/// <param name="Planned">Peers that are told of before anybody has heard them.</param>
public sealed record Tape(ImmutableArray<RecordedEvent> Events, IReadOnlyList<PeerState>? Planned = null)
{
    /// <summary>Since the Unix epoch; in a simulation since its start. Zero if it is empty.</summary>
    public TimeSpan Start => Events is [var first, ..] ? first.At : TimeSpan.Zero;

    public TimeSpan End => Events is [.., var last] ? last.At : TimeSpan.Zero;

    public TimeSpan Length => End - Start;

    /// <summary>
    /// Where something expected did not hold for the first time; where nothing is said of that, the start.
    /// </summary>
    public TimeSpan Finding => Events.Where(heard => heard.Event is Remark { IsFinding: true })
        .Select(heard => heard.At).DefaultIfEmpty(Start).First();
}
