using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>
/// A peer as it is now, told as the events that might have led there, so that a listener who comes late needs no other
/// form than that of the events themselves.
/// </summary>
public static class PeerSnapshot
{
    /// <param name="started">When the peer started, since the Unix epoch.</param>
    /// <param name="blocks">Blocks of its tree with who delivered them, in the order of their acceptance.</param>
    public static IEnumerable<PeerEvent> Take(
        Peer peer, TimeSpan now, TimeSpan started, IEnumerable<(ChainNode Node, PeerId Via)> blocks)
    {
        var self = peer.Info;
        yield return new PeerUp(now, self.Id, self.Nat, self.Light, self.NetworkId, started);
        yield return Switches(peer, now);
        foreach (var other in peer.Table.All)
        {
            yield return new NeighbourChanged(now, self.Id, other.Id, other.Status);
            if (other.IsBanned)
            {
                yield return new NeighbourBanned(now, self.Id, other.Id);
            }

            if (other.RoundTripTime is { } roundTrip)
            {
                yield return new RoundTripMeasured(now, self.Id, other.Id, roundTrip);
            }
        }

        foreach (var (node, via) in blocks)
        {
            yield return Accepted(self.Id, node.AcceptedAt, node, via);
        }

        if (peer.Ledger.Chain.Tip is { } tip)
        {
            yield return new TipChanged(now, self.Id, tip.Id, tip.Height);
        }
    }

    /// <summary>All that can be changed about the peer, as it is now.</summary>
    public static PeerSwitched Switches(Peer peer, TimeSpan now) => new(
        now,
        peer.Info.Id,
        peer.IsMalicious,
        peer.IsGenerating,
        peer.IsCutOff,
        peer.IsPaused,
        peer.Conditions.Loss,
        peer.Conditions.Latency.Min,
        peer.Conditions.Latency.Max,
        peer.Load);

    internal static BlockAccepted Accepted(PeerId peer, TimeSpan now, ChainNode node, PeerId via) => new(
        now, peer, node.Id, node.Header.PreviousId, node.Height, node.Header.Sender, MadeAt(node.Header), via);

    /// <summary>The maker's word, which may be any number; what is no time of this era is told as zero.</summary>
    private static TimeSpan MadeAt(BlockHeader header) =>
        Durations.TryFromSeconds(header.Timestamp, out var made) && made <= SecondsConverter.Longest
            ? made
            : TimeSpan.Zero;
}
