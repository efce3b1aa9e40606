using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Invariants;

/// <summary>
/// Which honest peers are connected, as <see cref="EveryBlockEverywhere"/> has it: disjoint sets of them.
/// </summary>
internal sealed class ConnectedPeers
{
    private readonly SimulationRun _run;
    private readonly int[] _byWire;
    private readonly int[] _byGossip;

    public ConnectedPeers(SimulationRun run)
    {
        _run = run;
        _byWire = [.. Enumerable.Range(0, run.Peers.Count)];
        _byGossip = [.. _byWire];
        foreach (var (one, other) in Neighbours())
        {
            if (NetworkPlan.CanReach(one.Plan.Info, other.Plan.Info))
            {
                Join(_byWire, one.Index, other.Index);
            }
        }

        foreach (var (one, other) in Neighbours())
        {
            if (Find(_byWire, one.Index) == Find(_byWire, other.Index) && !(one.Plan.Info.Light
                && other.Plan.Info.Light))
            {
                Connect(one, other);
            }
        }
    }

    /// <summary>A number that those connected to the peer have too.</summary>
    public int Of(SimulatedPeer peer) => Find(_byGossip, peer.Index);

    // A light peer is at the end of a path: what it has it does not announce.
    private void Connect(SimulatedPeer one, SimulatedPeer other)
    {
        var light = one.Plan.Info.Light ? one : other.Plan.Info.Light ? other : null;
        if (light is null)
        {
            Join(_byGossip, one.Index, other.Index);
        }
        else if (_byGossip[light.Index] == light.Index)
        {
            _byGossip[light.Index] = light == one ? other.Index : one.Index;
        }
    }

    private IEnumerable<(SimulatedPeer One, SimulatedPeer Other)> Neighbours()
    {
        foreach (var peer in _run.Honest)
        {
            foreach (var known in peer.Core.Table.All)
            {
                if (!known.IsBanned && _run.Find(known.Id) is { IsRunning: true, IsHonest: true } other
                    && !peer.Core.Blocks(other.Id) && !other.Core.Blocks(peer.Id)
                    && !peer.Core.IsPaused && !other.Core.IsPaused
                    && (NetworkPlan.ShareNetwork(peer.Plan.Info, other.Plan.Info)
                        || !(peer.Core.IsCutOff || other.Core.IsCutOff)))
                {
                    yield return (peer, other);
                }
            }
        }
    }

    private static int Find(int[] parents, int index)
    {
        while (parents[index] != index)
        {
            parents[index] = parents[parents[index]];
            index = parents[index];
        }

        return index;
    }

    private static void Join(int[] parents, int one, int other) => parents[Find(parents, one)] = Find(parents, other);
}
