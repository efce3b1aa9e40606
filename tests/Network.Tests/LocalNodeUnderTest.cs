using Blockchain.Launching;
using Blockchain.Network.Scenarios;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.Network.Tests;

/// <summary>A node of the launcher.</summary>
internal sealed class LocalNodeUnderTest(LocalNode node) : INodeUnderTest
{
    public PeerPlan Plan => node.Plan;

    public NodeClient Client => node.Client;

    public bool IsRunning => node.State is NodeState.Starting or NodeState.Up;

    public IReadOnlyList<string> LastWords => node.LastWords;

    public Task StartAsync()
    {
        node.Start();
        return Task.CompletedTask;
    }

    public Task TakeDownAsync() => node.KillAsync();
}
