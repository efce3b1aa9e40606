using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>Which messages are wanted: those to which all of it applies.</summary>
public sealed record MessageSelection
{
    /// <summary>Only what is about this block or transaction; null: everything.</summary>
    public Hash256? Subject { get; init; }

    /// <summary>Only what is on its way at this time or later.</summary>
    public TimeSpan? From { get; init; }

    /// <summary>Only what was on its way until then.</summary>
    public TimeSpan? To { get; init; }

    /// <summary>Only between these peers; empty: all.</summary>
    public ImmutableArray<PeerId> Peers { get; init; } = [];

    public bool Has(Arrow arrow)
    {
        ArgumentNullException.ThrowIfNull(arrow);
        return (Subject is not { } subject || arrow.IsAbout(subject))
            && (From is not { } from || arrow.Last >= from)
            && (To is not { } to || arrow.Queued <= to)
            && (Peers.IsEmpty || (Peers.Contains(arrow.From) && Peers.Contains(arrow.To)));
    }
}
