using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;

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
            if (_recent.Count == RecentLimit)
            {
                _recent.Dequeue();
            }

            _recent.Enqueue(accepted);
        }

        statistics.Happened(what);
        Follower?.Invoke(what);
    }
}
