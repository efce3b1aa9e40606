using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>The peer made a block. A malicious one's has a false id and is not in its own chain.</summary>
/// <param name="Transactions">How many are in it.</param>
public sealed record BlockMade(
    TimeSpan Time, PeerId Peer, Hash256 Block, Hash256 Parent, int Transactions, bool IsFalse)
    : PeerEvent(Time, Peer);

/// <summary>A block, or on a light peer its header, was attached to the peer's tree; also the peer's own.</summary>
/// <param name="Maker">Who made it.</param>
/// <param name="Made">When, since the Unix epoch, by its maker's clock.</param>
/// <param name="Via">Who delivered it; the peer itself for its own.</param>
public sealed record BlockAccepted(
    TimeSpan Time, PeerId Peer, Hash256 Block, Hash256 Parent, int Height, PeerId Maker, TimeSpan Made, PeerId Via)
    : PeerEvent(Time, Peer)
{
    /// <param name="time">When it was attached, or when this is told anew.</param>
    public static BlockAccepted Of(TimeSpan time, PeerId peer, ChainNode node, PeerId via) => new(
        time, peer, node.Id, node.Header.PreviousId, node.Height, node.Header.Sender, MadeAt(node.Header), via);

    /// <summary>The maker's word, which may be any number; what is not a time of this era is told as zero.</summary>
    internal static TimeSpan MadeAt(BlockHeader header) =>
        Durations.TryFromSeconds(header.Timestamp, out var made) && made <= Durations.EndOfTime ? made : TimeSpan.Zero;
}

/// <summary>A block waits for its parent.</summary>
public sealed record BlockOrphaned(TimeSpan Time, PeerId Peer, Hash256 Block, Hash256 Parent, PeerId Maker, PeerId Via)
    : PeerEvent(Time, Peer);

/// <summary>A block broke a rule of the chain.</summary>
/// <param name="Made">When, since the Unix epoch, by its maker's clock.</param>
/// <param name="Why">Which rule, and where, in words for people.</param>
public sealed record BlockRejected(
    TimeSpan Time, PeerId Peer, Hash256 Block, PeerId Maker, PeerId Via, TimeSpan Made = default, string Why = "")
    : PeerEvent(Time, Peer);

/// <summary>The peer's chain ends in another block than before.</summary>
public sealed record TipChanged(TimeSpan Time, PeerId Peer, Hash256 Block, int Height) : PeerEvent(Time, Peer);

/// <summary>The peer's chain went over to another branch.</summary>
/// <param name="Depth">How many blocks were left behind.</param>
/// <param name="Joined">How many blocks replace them.</param>
public sealed record ChainReorganised(
    TimeSpan Time, PeerId Peer, Hash256 LeftTip, Hash256 Tip, int Depth, int Joined = 0)
    : PeerEvent(Time, Peer);

/// <summary>The peer made a transaction.</summary>
public sealed record TransactionMade(TimeSpan Time, PeerId Peer, Hash256 Transaction) : PeerEvent(Time, Peer);

/// <summary>A double spend of this peer has come to its end.</summary>
/// <param name="Behaviour">A name of <see cref="Behaviours"/>.</param>
/// <param name="Succeeded">
/// Its branch was longer than that of the others after all confirmations of the payment; false: it gave up.
/// </param>
/// <param name="Payment">What it has taken back, or not.</param>
/// <param name="Blocks">How many blocks of its branch it has shown at the end, or thrown away.</param>
public sealed record AttackEnded(
    TimeSpan Time, PeerId Peer, string Behaviour, bool Succeeded, Hash256 Payment, int Blocks)
    : PeerEvent(Time, Peer);
