using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Invariants;

/// <summary>
/// Peers with the same blocks have the same chain, in whatever order these came. Promised where every peer prefers the
/// lowest id: by another fork choice it may depend on what a peer saw first, or on who it is.
/// </summary>
public sealed class SameBlocksSameChain : IInvariant
{
    public string Name => "same-blocks-same-chain";

    public string? Check(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (WhyNotPromised(run) is not null)
        {
            return null;
        }

        var tips = new Dictionary<(int, UInt128), (SimulatedPeer Peer, Hash256? Tip)>();
        foreach (var peer in run.Running)
        {
            var chain = peer.Core.Ledger.Chain;
            var tip = chain.Tip?.Id;
            var key = (chain.Count, peer.TreeDigest);
            if (!tips.TryAdd(key, (peer, tip)) && tips[key].Tip != tip)
            {
                return $"{peer.Id} and {tips[key].Peer.Id} have the same {chain.Count} blocks, but the tips {tip} "
                    + $"and {tips[key].Tip}";
            }
        }

        return null;
    }

    public string? WhyNotPromised(SimulationRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var other = run.Peers.Select(peer => peer.Plan.Settings.ForkChoice)
            .FirstOrDefault(name => name != ForkChoices.Usual);
        return other is null
            ? null
            : $"the fork choice is {other} at some peers, so that two of them may have other tips over the same blocks";
    }
}
