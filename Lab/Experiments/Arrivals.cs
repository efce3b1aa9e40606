using Blockchain.Shared;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Simulation;

namespace Blockchain.Lab.Experiments;

/// <summary>
/// Watches one run for how its honest blocks reach those they are meant for, other than the maker.
/// </summary>
internal sealed class Arrivals
{
    private readonly List<SimulatedPeer> _peers = [];
    private readonly Dictionary<Hash256, News> _news = [];

    /// <summary>In the order in which the blocks were made.</summary>
    public IReadOnlyList<BlockSpread> Blocks =>
        [.. _news.Values.OrderBy(news => news.Number).Select(news => new BlockSpread(news.Wanted, [.. news.Delays]))];

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
        _news.Add(block.Id, new News(_news.Count, now, waiting));
    }

    private void Accepted(TimeSpan now, Hash256 id, SimulatedPeer peer)
    {
        if (_news.TryGetValue(id, out var news) && news.Waiting.Remove(peer))
            news.Delays.Add((now - news.MadeAt).TotalSeconds);
    }

    private sealed class News(int number, TimeSpan madeAt, HashSet<SimulatedPeer> waiting)
    {
        public int Number => number;

        public TimeSpan MadeAt => madeAt;

        public HashSet<SimulatedPeer> Waiting => waiting;

        public int Wanted { get; } = waiting.Count;

        public List<double> Delays { get; } = [];
    }

    private sealed class Watcher(Arrivals arrivals, SimulatedPeer peer) : IPeerEvents
    {
        void IPeerEvents.BlockMade(TimeSpan now, Block block) => arrivals.Made(now, block, peer);

        void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via) =>
            arrivals.Accepted(now, node.Id, peer);
    }
}
