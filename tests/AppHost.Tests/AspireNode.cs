using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Trials;
using Blockchain.Launching.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>A peer resource, driven by Aspire's own commands.</summary>
internal sealed class AspireNode(DistributedApplication app, ProjectResource resource, PeerPlan plan, NodeClient client)
    : ITrialNode
{
    private readonly AspireTrialNode _node = new(plan, client, () => app);

    public ProjectResource Resource => resource;

    public PeerPlan Plan => plan;

    public NodeClient Client => client;

    public bool IsRunning => _node.IsRunning;

    public IReadOnlyList<string> LastWords => _node.LastWords;

    public Task StartAsync() => _node.StartAsync();

    public Task StopAsync() => _node.StopAsync();

    public Task KillAsync() => _node.KillAsync();

    /// <summary>As the dashboard does it.</summary>
    public Task<string> ExecuteAsync(string command, params (string Name, string Value)[] arguments) =>
        app.ExecuteAsync(resource, command, arguments);
}
