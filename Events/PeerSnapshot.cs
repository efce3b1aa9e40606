using Blockchain.Shared;

namespace Blockchain.Events;

/// <summary>
/// A peer as it is now, told as the events that might have led there, so that a listener who comes late needs no other
/// form than that of the events themselves.
/// </summary>
public static class PeerSnapshot
{
    /// <param name="started">When the peer started, since the Unix epoch.</param>
    /// <param name="blocks">The last blocks that it accepted, in the order of their acceptance.</param>
    public static IEnumerable<PeerEvent> Take(
        Peer peer, TimeSpan now, TimeSpan started, IEnumerable<BlockAccepted> blocks)
    {
        var self = peer.Info;
        yield return new PeerUp(now, self.Id, self.Nat, self.Light, self.NetworkId, started);
        yield return peer.Switches(now);
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

        foreach (var block in blocks)
        {
            yield return block;
        }

        if (peer.Ledger.Chain.Tip is { } tip)
        {
            yield return new TipChanged(now, self.Id, tip.Id, tip.Height);
        }
    }
}
