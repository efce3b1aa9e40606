using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Chain;

namespace Blockchain.PeerNode.Events;

/// <summary>
/// The peer's one listener: tells the statistics, and the hub while somebody follows the node's events. Belongs to the
/// event loop.
/// </summary>
internal sealed class NodeEvents(NodeStatistics statistics) : IPeerListener
{
    /// <summary>Blocks that somebody who begins to follow is told of.</summary>
    public const int RecentLimit = 200;

    private readonly Queue<BlockAccepted> _recent = new(RecentLimit);

    /// <summary>The last blocks that were accepted, oldest first.</summary>
    public IEnumerable<BlockAccepted> Recent => _recent;

    /// <summary>Hears of everything, too; null: nobody does.</summary>
    public Action<PeerEvent>? Follower { get; set; }

    public void Happened(PeerEvent what)
    {
        if (what is BlockAccepted accepted)
        {
            Remember(accepted);
        }

        statistics.Happened(what);
        Follower?.Invoke(what);
    }

    /// <summary>A block of an earlier run is in the tree again; nobody is told of it as of something that
    /// happens.</summary>
    public void Restored(PeerId self, ChainNode node)
    {
        statistics.Restored(node);
        Remember(BlockAccepted.Of(node.AcceptedAt, self, node, via: self));
    }

    private void Remember(BlockAccepted accepted)
    {
        if (_recent.Count == RecentLimit)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(accepted);
    }
}
