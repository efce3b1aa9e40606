using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Guests;

/// <summary>What happens to a guest.</summary>
/// <param name="Now">Since the Unix epoch.</param>
public abstract record GuestTurn(TimeSpan Now);

/// <summary>It begins.</summary>
/// <param name="Plan">Who it is, and its settings.</param>
/// <param name="Known">The peers that it knows at the start.</param>
/// <param name="Seed">Where its chance begins.</param>
public sealed record GuestStarts(TimeSpan Now, PeerPlan Plan, IReadOnlyList<PeerInfo> Known, ulong Seed)
    : GuestTurn(Now);

/// <param name="From">Whose connection the message came on.</param>
public sealed record GuestHears(TimeSpan Now, PeerId From, Message Message) : GuestTurn(Now)
{
    /// <summary>
    /// The line as its sender wrote it, where that says more than the message: fields and types that we do not know.
    /// </summary>
    public string? Line { get; init; }
}

/// <summary>A time has come that it had asked for.</summary>
public sealed record GuestWakes(TimeSpan Now, string Timer) : GuestTurn(Now);
