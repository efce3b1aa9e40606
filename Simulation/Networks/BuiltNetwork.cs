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
            LinkedNetwork linked => Of(
                linked.Plan.WithSettings(WithoutNetwork), new OwnLines(linked.Plan, config.Workload.BlockBytes)),
            PlannedNetwork planned => Of(planned.Plan, null),
            GeneratedNetwork generated => NetworkGenerator.Generate(generated, config),
            _ => throw new ArgumentException("An unknown kind of network.", nameof(config)),
        };
    }

    /// <summary>What the links do is not done by the peers too.</summary>
    private static PeerSettings WithoutNetwork(PeerSettings settings) => settings with
    {
        DropProbability = 0, LossBurst = 1, Latency = default, LatencyShape = LatencyShape.Uniform,
    };

    private static BuiltNetwork Of(NetworkPlan plan, OwnLines? lines) => new(
        [
            .. plan.Peers.Select(peer =>
                new BuiltPeer(peer, [.. plan.KnownBy(peer.Id).Select(known => known.Info)], new LinkEnd())),
        ],
        new LinkModel(null, lines));
}
