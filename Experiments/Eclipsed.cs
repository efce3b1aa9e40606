using Blockchain.Shared;
using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>How many honest peers had drawn attackers only, when they had drawn their neighbours anew.</summary>
internal static class Eclipsed
{
    /// <returns>
    /// Of the honest peers that restarted and had drawn all their neighbours by the end; null if there are none.
    /// </returns>
    public static double? In(SimulationRun run)
    {
        var attackers = run.Peers.Where(peer => peer.Plan.Behaviour == Behaviours.Eclipse)
            .Select(peer => peer.Id).ToHashSet();
        var drawn = run.Honest.Where(peer => peer is { IsRunning: true, Lives: > 1, Core.Addresses: not null }
            && peer.Core.Outbound.Count == peer.Plan.Settings.Outbound).ToList();
        return attackers.Count == 0 || drawn.Count == 0
            ? null
            : (double)drawn.Count(peer => peer.Core.Outbound.All(other => attackers.Contains(other.Id))) / drawn.Count;
    }
}
