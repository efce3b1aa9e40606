using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching.Nodes;

/// <summary>A peer that the launcher starts and ends.</summary>
public sealed class LocalTrialNode(LocalNode node) : ITrialNode
{
    public PeerPlan Plan => node.Plan;

    public NodeClient Client => node.Client;

    public bool IsRunning => node.IsRunning;

    public IReadOnlyList<string> LastWords => node.LastWords;

    public Task StartAsync()
    {
        node.Start();
        return node.UntilUpAsync();
    }

    public Task StopAsync() => node.StopAsync();

    public Task KillAsync() => node.KillAsync();
}
