using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Trials;

namespace Blockchain.Launching.Nodes;

/// <summary>Hosts of scenarios that are processes of this machine.</summary>
public static class LocalTrials
{
    /// <summary>A host on a network that is not started yet.</summary>
    /// <param name="recording">The file where every event goes; null: nowhere.</param>
    /// <param name="messages">Single messages too.</param>
    public static NodesHost HostOf(
        LocalNetwork network, ulong seed, string? controlKey, string? recording = null, bool messages = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new NodesHost(
            HostNames.Local,
            seed,
            [.. network.Nodes.Select(node => new LocalTrialNode(node))],
            (isAbsent, stop) => StartAsync(network, isAbsent, stop),
            new NodeEventTape(recording, controlKey, messages));
    }

    /// <summary>
    /// The plan of a scenario with free ports. Peers know each other as the plan says; nobody is started by hand, since
    /// the scenario says who is there.
    /// </summary>
    public static NetworkPlan PlanOf(Scenario scenario, AddressMode addresses)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return FreePorts.Assign(LocalPlan.For(scenario.Network, addresses));
    }

    private static async Task StartAsync(LocalNetwork network, Predicate<PeerId> isAbsent, CancellationToken stop)
    {
        foreach (var node in network.Nodes.Where(node => !isAbsent(node.Id)))
        {
            node.Start();
        }

        await network.UntilUpAsync(stop);
    }
}
