using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Simulation;

namespace Blockchain.Lab.Experiments;

/// <summary>
/// Watches one run for blocks that come in time: while they are news, and not when a peer has caught up on them later.
/// </summary>
internal sealed class Arrivals
{
    /// <summary>
    /// A block is in time within so long: the usual time between two header exchanges, by which
    /// a peer catches up on what gossip left out.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<SimulatedPeer> _peers = [];
    private readonly Dictionary<Hash256, News> _news = [];
    private long _wanted;
    private long _inTime;

    /// <summary>
    /// Share of the pairs of an honest block and an honest peer that was up when it was made, where the peer had it within
    /// <see cref="Patience"/>; the maker is no such peer. Null without any.
    /// </summary>
    public double? InTime => _wanted == 0 ? null : (double)_inTime / _wanted;

    /// <summary>What listens to one peer.</summary>
    public IPeerEvents Watch(SimulatedPeer peer)
    {
        _peers.Add(peer);
        return new Watcher(this, peer);
    }

    private void Made(TimeSpan now, Block block, SimulatedPeer maker)
    {
        if (!block.HasValidId)
            return;
        var waiting = _peers.Where(peer => peer.IsRunning && peer.IsHonest && peer != maker).ToHashSet();
        _wanted += waiting.Count;
        _news.Add(block.Id, new News(now, waiting));
    }

    private void Accepted(TimeSpan now, Hash256 id, SimulatedPeer peer)
    {
        if (_news.TryGetValue(id, out var news) && now - news.MadeAt <= Patience && news.Waiting.Remove(peer))
            _inTime++;
    }

    private sealed record News(TimeSpan MadeAt, HashSet<SimulatedPeer> Waiting);

    private sealed class Watcher(Arrivals arrivals, SimulatedPeer peer) : IPeerEvents
    {
        void IPeerEvents.BlockMade(TimeSpan now, Block block) => arrivals.Made(now, block, peer);

        void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via) => arrivals.Accepted(now, node.Id, peer);
    }
}
