using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Observatory.State;

/// <summary>
/// Says a state again as events, as a node does at the begin of its stream: who folds them has the peers, links,
/// blocks and remarks of that state, and counts from zero.
/// </summary>
public static class StateEvents
{
    public static IEnumerable<PeerEvent> Of(NetworkState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Peers.Where(peer => peer.Presence != Presence.Unknown).SelectMany(Peer)
            .Concat(state.Links.SelectMany(Link))
            .Concat(state.Blocks.OrderBy(block => block.Made).SelectMany(Block))
            .Concat(state.Peers.SelectMany(LastWords))
            .Concat(state.Remarks);
    }

    private static IEnumerable<PeerEvent> Peer(PeerState peer)
    {
        var since = peer.Since ?? TimeSpan.Zero;
        foreach (var run in peer.Runs.SkipLast(1))
        {
            yield return Up(run.From, run.From);
            yield return new PeerDown(run.To ?? run.From, peer.Id);
        }

        yield return Up(since, peer.Started ?? since);
        if (peer is { Loss: { } loss, LatencyMin: { } min, LatencyMax: { } max })
        {
            if (peer.MaliciousSince is { } malicious)
            {
                yield return Switched(malicious, isMalicious: true);
            }

            yield return Switched(since, peer.Malicious);

            PeerSwitched Switched(TimeSpan at, bool isMalicious) => new(
                at,
                peer.Id,
                isMalicious,
                peer.Generating,
                peer.CutOff,
                peer.Paused,
                loss,
                min,
                max,
                peer.Load,
                isMalicious ? Behaviours.FalseIds : peer.Behaviour,
                peer.Burst,
                peer.Capacity,
                peer.Pairs,
                peer.Blocked);
        }

        if (peer.LastRefusal is { } refusal)
        {
            yield return refusal;
        }

        foreach (var other in peer.Banned)
        {
            yield return new NeighbourBanned(since, peer.Id, other);
        }

        PeerUp Up(TimeSpan at, TimeSpan started) => new(at, peer.Id, peer.Nat, peer.Light, peer.NetworkId, started);
    }

    private static IEnumerable<PeerEvent> Link(LinkState link)
    {
        if (link.Status != PeerStatus.Unknown)
        {
            yield return new NeighbourChanged(link.Measured, link.From, link.To, link.Status);
        }

        if (link.RoundTrip is { } roundTrip)
        {
            yield return new RoundTripMeasured(link.Measured, link.From, link.To, roundTrip);
        }
    }

    private static IEnumerable<PeerEvent> Block(BlockState block)
    {
        if (block is not { Parent: { } parent, Maker: { } maker })
        {
            yield break;
        }

        if (block.Transactions is { } transactions)
        {
            yield return new BlockMade(block.Made, maker, block.Id, parent, transactions, block.IsFalse);
        }

        foreach (var arrival in block.Arrivals)
        {
            yield return new BlockAccepted(
                arrival.Time, arrival.Peer, block.Id, parent, block.Height, maker, block.Made, arrival.Via);
        }

        foreach (var peer in block.WaitingAt)
        {
            yield return new BlockOrphaned(block.Made, peer, block.Id, parent, maker, maker);
        }

        foreach (var peer in block.RejectedBy)
        {
            yield return new BlockRejected(
                block.Made, peer, block.Id, maker, maker, block.Made, block.WhyRejected ?? "");
        }
    }

    private static IEnumerable<PeerEvent> LastWords(PeerState peer)
    {
        if (peer.Tip is { } tip)
        {
            yield return new TipChanged(peer.Since ?? TimeSpan.Zero, peer.Id, tip, peer.Height);
        }

        if (peer.Presence == Presence.Down)
        {
            yield return new PeerDown(peer.Since ?? TimeSpan.Zero, peer.Id);
        }
    }
}
