using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>
/// Follows a block or transaction back from a peer that has it to the one who made it, and says what the time was
/// spent on.
/// </summary>
public static class PathFinder
{
    /// <summary>Who got it last; null if nobody but its maker has it.</summary>
    public static PeerId? Slowest(MessageHistory history, Hash256 subject)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Arrivals(subject).Values.Where(arrival => arrival.Via != arrival.Peer)
            .OrderByDescending(arrival => arrival.Time).FirstOrDefault()?.Peer;
    }

    /// <param name="peer">Whose way; null: that of the slowest.</param>
    /// <returns>Null if the peer does not have it, or has made it.</returns>
    public static SpreadPath? Find(MessageHistory history, Hash256 subject, PeerId? peer = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        var arrivals = history.Arrivals(subject);
        if ((peer ?? Slowest(history, subject)) is not { } last || !arrivals.TryGetValue(last, out var arrival)
            || arrival.Via == arrival.Peer)
        {
            return null;
        }

        var hops = new List<PathHop>();
        var seen = new HashSet<PeerId>();
        var end = arrival.Time;
        while (arrival.Via != arrival.Peer && seen.Add(arrival.Peer))
        {
            var walk = new HopWalk(history, subject, arrival, end);
            if (!arrivals.TryGetValue(walk.Giver, out var before))
            {
                // It has told nothing of its own; all that is known is what it said.
                before = new Arrival(walk.Giver, walk.FirstTold, walk.Giver, IsMaker: false);
            }

            var hop = walk.Hop(before.Time);
            hops.Insert(0, hop);
            (arrival, end) = (before, hop.Begin);
        }

        return new SpreadPath(subject, [.. hops], arrival.IsMaker);
    }
}
