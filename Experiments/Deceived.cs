using Blockchain.Simulation;
using Blockchain.Trials.Acts;

namespace Blockchain.Experiments;

/// <summary>How many honest peers were deceived by Sybils at the end of a run, as shares.</summary>
/// <param name="Residents">Of the light peers that were there from the start: have a header that is nobody's.</param>
/// <param name="Newcomers">The same of those that joined later.</param>
/// <param name="Lost">Of the full peers that joined later: do not have the chain of the others.</param>
internal sealed record Deceived(double? Residents, double? Newcomers, double? Lost)
{
    private const int Behind = 3;

    /// <returns>Null if there are no newcomers.</returns>
    public static Deceived? In(SimulationRun run)
    {
        var late = run.Config.Faults.OfType<Join>().SelectMany(join => join.Peers.Ids).ToHashSet();
        if (late.Count == 0)
        {
            return null;
        }

        var full = run.Honest.Where(peer => !peer.Plan.Info.Light).ToList();
        var height = full.Where(peer => !late.Contains(peer.Id)).Max(peer => peer.Core.Ledger.Chain.Height);
        var light = run.Honest.Where(peer => peer.Plan.Info.Light).ToLookup(peer => late.Contains(peer.Id));
        return new Deceived(
            Share(light[false], IsFooled),
            Share(light[true], IsFooled),
            Share(full.Where(peer => late.Contains(peer.Id)), IsLost));

        bool IsFooled(SimulatedPeer peer) => peer.Core.Ledger.Chain.Nodes.Any(
            node => !full.Exists(other => other.Core.Ledger.Chain.Contains(node.Id)));

        bool IsLost(SimulatedPeer peer) => peer.Core.Ledger.Chain.Height < height - Behind;
    }

    private static double? Share(IEnumerable<SimulatedPeer> peers, Func<SimulatedPeer, bool> condition)
    {
        var all = peers.ToList();
        return all.Count > 0 ? (double)all.Count(condition) / all.Count : null;
    }
}
