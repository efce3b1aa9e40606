using Blockchain.Shared;

namespace Blockchain.Simulation.Faults;

/// <summary>
/// The sides of a network that is partitioned, perhaps several times over: each peer is on one, and nothing gets from
/// one to another. All peers of a side are told the same set.
/// </summary>
internal sealed class Sides(SimulationRun run)
{
    private readonly Dictionary<SimulatedPeer, int> _sideOf = [];
    private Dictionary<int, PeerSet> _others = [];
    private int _last;

    /// <summary>How many peers there were when all of them were told last.</summary>
    private int _known;

    /// <summary>These peers and all others no longer reach each other.</summary>
    public void Split(IReadOnlyCollection<SimulatedPeer> peers)
    {
        _last++;
        foreach (var peer in peers)
        {
            _sideOf[peer] = _last;
        }

        TellAll();
    }

    /// <summary>There is one side only again.</summary>
    public void Heal()
    {
        if (_sideOf.Count > 0)
        {
            _sideOf.Clear();
            TellAll();
        }
    }

    /// <summary>A peer has begun a life, in which it knows nothing of a partition yet.</summary>
    public void Started(SimulatedPeer peer)
    {
        if (_sideOf.Count == 0)
        {
            return;
        }

        if (run.Peers.Count == _known)
        {
            Tell(peer);
        }
        else
        {
            // It was in no plan, and the others do not know yet that it is on another side.
            TellAll();
        }
    }

    private void TellAll()
    {
        _known = run.Peers.Count;
        _others = run.Peers.Select(SideOf).Distinct().ToDictionary(
            side => side, side => new PeerSet(run.Peers.Where(peer => SideOf(peer) != side).Select(peer => peer.Id)));
        foreach (var peer in run.Running)
        {
            Tell(peer);
        }
    }

    private void Tell(SimulatedPeer peer) => peer.Apply(new SetPartition(Others(peer)));

    private PeerSet Others(SimulatedPeer peer) => _others[SideOf(peer)];

    private int SideOf(SimulatedPeer peer) => _sideOf.GetValueOrDefault(peer);
}
