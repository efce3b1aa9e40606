using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation.Networks;

/// <summary>A peer as it is to be simulated.</summary>
internal sealed record BuiltPeer(PeerPlan Plan, IReadOnlyList<PeerInfo> Known, LinkEnd Line);

/// <summary>A network that is ready to be simulated.</summary>
internal sealed record BuiltNetwork(IReadOnlyList<BuiltPeer> Peers, LinkModel Links)
{
    /// <exception cref="SimulationConfigException">The configuration is impossible.</exception>
    public static BuiltNetwork Of(SimulationConfig config)
    {
        ConfigRules.Check(config);
        return config.Network switch
        {
            PlannedNetwork planned => Of(planned.Plan),
            GeneratedNetwork generated => NetworkGenerator.Generate(generated, config),
            _ => throw new ArgumentException("An unknown kind of network.", nameof(config)),
        };
    }

    private static BuiltNetwork Of(NetworkPlan plan) => new(
        [
            .. plan.Peers.Select(peer =>
                new BuiltPeer(peer, [.. plan.KnownBy(peer.Id).Select(known => known.Info)], new LinkEnd())),
        ],
        new LinkModel(null));
}
