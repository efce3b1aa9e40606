using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Blockchain.AppHost.Network;
using Blockchain.Network.Scenarios;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;

namespace Blockchain.AppHost.Tests;

/// <summary>A peer resource, driven by Aspire's own commands.</summary>
internal sealed class AspireNode(DistributedApplication app, ProjectResource resource, PeerPlan plan, NodeClient client)
    : INodeUnderTest
{
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(2);

    public ProjectResource Resource => resource;

    public PeerPlan Plan => plan;

    public NodeClient Client => client;

    public bool IsRunning => app.ResourceNotifications.TryGetCurrentState(resource.Name, out var state)
        && state.Snapshot.IsRunning();

    public IReadOnlyList<string> LastWords => [$"in Aspire: {AspireApp.StateOf(app, resource)}"];

    public Task StartAsync() => ExecuteAsync(KnownResourceCommands.StartCommand);

    public async Task TakeDownAsync()
    {
        await ExecuteAsync(KnownResourceCommands.StopCommand);
        using var deadline = new CancellationTokenSource(CommandDeadline);
        await app.ResourceNotifications.WaitForResourceAsync(
            resource.Name, KnownResourceStates.TerminalStates, deadline.Token);
    }

    /// <summary>As the dashboard does it.</summary>
    public Task<string> ExecuteAsync(string command, params (string Name, string Value)[] arguments) =>
        app.ExecuteAsync(resource, command, arguments);
}
