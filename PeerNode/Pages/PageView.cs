using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Pages;

/// <summary>What the page shows, copied on the event loop.</summary>
internal sealed record PageView(
    bool IsMalicious,
    bool IsGenerating,
    double Capacity,
    int Height,
    int Forks,
    int Pool,
    int Orphans,
    TimeSpan Now,
    IReadOnlyList<ChainNode> LastBlocks,
    IReadOnlyList<PageView.PeerRow> Peers,
    IReadOnlyList<DropCount> Drops)
{
    private const int BlocksShown = 10;
    private const int PeersShown = 100;

    public static PageView Of(Peer peer, TimeSpan now, NodeStatistics statistics)
    {
        var chain = peer.Ledger.Chain;
        return new PageView(
            peer.IsMalicious,
            peer.IsGenerating,
            peer.Capacity,
            chain.Height,
            chain.Count - chain.Height,
            peer.Ledger.Pool.Count,
            chain.Orphans.Count,
            now,
            [.. Enumerable.Range(0, Math.Min(BlocksShown, chain.Height)).Select(i => chain.Nodes[chain.Height - 1 - i])],
            [.. peer.Table.All.Take(PeersShown).Select(PeerRow.Of)],
            [.. statistics.Drops()]);
    }

    internal sealed record PeerRow(
        Blockchain.Shared.PeerInfo Info,
        PeerStatus Status,
        TimeSpan? RoundTrip,
        int Offences,
        bool IsBanned,
        int Waiting)
    {
        public static PeerRow Of(RemotePeer peer) => new(
            peer.Info,
            peer.Status,
            peer.RoundTripTime,
            peer.Offences,
            peer.IsBanned,
            Enum.GetValues<MessagePriority>().Sum(peer.Queue.Count));
    }
}
