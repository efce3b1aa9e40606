using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>A block of the tree and where it has come to.</summary>
/// <param name="Parent">Null while only its id is known.</param>
/// <param name="Height">1 for a first block; 0 while unknown.</param>
/// <param name="Maker">Null while only its id is known.</param>
/// <param name="Made">
/// When, by its maker's clock; before anybody who told of it was heard, when it was first heard of.
/// </param>
/// <param name="Mark">Its colour and letter.</param>
/// <param name="Transactions">How many are in it; null unless its making was seen.</param>
/// <param name="IsFalse">Made by a malicious peer, with an id that is not its hash.</param>
/// <param name="Arrivals">Acceptances, one for each peer, in the order of time.</param>
/// <param name="WaitingAt">Peers that have it as an orphan.</param>
/// <param name="RejectedBy">Peers that found it to break a rule.</param>
public sealed record BlockState(
    Hash256 Id,
    Hash256? Parent,
    int Height,
    PeerId? Maker,
    TimeSpan Made,
    BlockMark Mark,
    int? Transactions,
    bool IsFalse,
    IReadOnlyList<Arrival> Arrivals,
    IReadOnlyList<PeerId> WaitingAt,
    IReadOnlyList<PeerId> RejectedBy)
{
    /// <summary>Why they refused it, in their own words; null: nobody did, or nobody has said.</summary>
    public string? WhyRejected { get; init; }

    /// <summary>The begin of the id, for people.</summary>
    public string ShortId => ShortOf(Id);

    /// <summary>As of its <see cref="Mark"/>.</summary>
    public int Slot => Mark.Slot;

    public static string ShortOf(Hash256 id) => id.IsGenesis ? "GENESIS" : id.ToString()[..8];

    public Arrival? ArrivalAt(PeerId peer) => Arrivals.FirstOrDefault(arrival => arrival.Peer == peer);
}
