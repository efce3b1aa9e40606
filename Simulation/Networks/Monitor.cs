using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Networks;

/// <summary>
/// A peer that is linked to all others and only listens, as KIT's monitor is (Neudecker, Andelfinger and Hartenstein,
/// "Timing analysis for inferring the topology of the Bitcoin peer-to-peer network", 2016).
/// </summary>
internal static class Monitor
{
    /// <summary>Karlsruhe is in Europe.</summary>
    private const int Region = 1;

    public static PeerId Id { get; } = new("monitor");

    /// <summary>The peers, each of which knows it, and it.</summary>
    public static BuiltPeer[] Beside(BuiltPeer[] peers)
    {
        var info = new PeerInfo(Id, "10.255.255.254", 5_000, Nat: false, Light: true, PeerInfo.NoNetwork);
        var everybody = peers.Where(peer => !peer.Plan.Info.Nat).Select(peer => peer.Plan.Info).ToArray();
        var plan = new PeerPlan
        {
            Info = info,
            Settings = peers[0].Plan.Settings,
            Behaviour = Behaviours.Lazy,
            Knows = [.. everybody.Select(other => other.Id)],
        };
        return
        [
            .. peers.Select(peer => peer.Plan.Info.Nat ? peer : peer with
            {
                Plan = peer.Plan with { Knows = [.. peer.Plan.Knows!, Id] },
                Known = [.. peer.Known, info],
            }),
            new BuiltPeer(plan, everybody, new LinkEnd { Region = Region }),
        ];
    }
}
