using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Neighbours;

/// <summary>
/// Finds the next hop to a peer: the peer itself where <see cref="NetworkPlan.CanReach(PeerInfo, PeerInfo)"/> allows,
/// else the first relay of a route with the fewest hops over peers that are neither banned nor unreachable; among
/// such relays the one that failed this target least, then the one with the least measured round-trip time, ties by id.
/// </summary>
internal sealed class Routes(PeerTable table)
{
    /// <summary>Whether nothing goes over relays but what is a RELAY already: the peer chooses them itself.</summary>
    public bool IsDirectOnly { get; set; }

    /// <summary>To whom a message to a peer is given now; null: there is no path.</summary>
    public RemotePeer? NextHop(RemotePeer target)
    {
        var hop = Find(target);
        if (hop != target)
        {
            target.LastRelay = hop;
        }

        return hop;
    }

    /// <summary>The same, while nothing is given to it.</summary>
    public RemotePeer? Find(RemotePeer target)
    {
        if (table.CanReach(target))
        {
            return target;
        }

        if (IsDirectOnly)
        {
            return null;
        }

        RemotePeer? best = null;
        foreach (var relay in RelaysOf(target))
        {
            if (best is null || IsBetter(target, relay, best))
            {
                best = relay;
            }
        }

        return best;
    }

    /// <summary>Whether messages of a peer that cannot be reached directly come over this relay.</summary>
    public bool IsRelayOf(RemotePeer peer, RemotePeer relay) =>
        !table.CanReach(peer) && RelaysOf(peer).Contains(relay);

    private IReadOnlyList<RemotePeer> RelaysOf(RemotePeer target)
    {
        if (target.RelaysVersion != table.Version)
        {
            target.Relays = FindRelays(target);
            target.RelaysVersion = table.Version;
        }

        return target.Relays;
    }

    private static bool IsBetter(RemotePeer target, RemotePeer relay, RemotePeer best)
    {
        var order = target.FailuresBy(relay).CompareTo(target.FailuresBy(best));
        if (order == 0)
        {
            order = (relay.RoundTripTime ?? TimeSpan.MaxValue).CompareTo(best.RoundTripTime ?? TimeSpan.MaxValue);
        }

        return order < 0 || (order == 0 && relay.Id.CompareTo(best.Id) < 0);
    }

    /// <summary>Breadth-first search from the target backwards, until it meets peers that we reach ourselves.</summary>
    private List<RemotePeer> FindRelays(RemotePeer target)
    {
        var open = table.All.Where(peer => peer.IsUsable && peer != target).ToList();
        var frontier = new List<RemotePeer> { target };
        while (frontier.Count > 0)
        {
            var next = open.FindAll(peer => frontier.Exists(hop => NetworkPlan.CanReach(peer.Info, hop.Info)));
            var reached = next.FindAll(table.CanReach);
            if (reached.Count > 0)
            {
                return reached;
            }

            open.RemoveAll(next.Contains);
            frontier = next;
        }

        return [];
    }
}
