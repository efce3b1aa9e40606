using System.Diagnostics;
using Blockchain.AppHost.Network;
using Blockchain.Launching.Nodes;
using Blockchain.NodeApi;
using Blockchain.Shared.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Trials;

/// <summary>A peer resource, started and ended as the dashboard does it.</summary>
/// <param name="application">The application, which is built after the nodes are known.</param>
internal sealed class AspireTrialNode(
    PeerPlan plan, NodeClient client, Func<DistributedApplication> application) : ITrialNode
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public PeerPlan Plan => plan;

    public NodeClient Client => client;

    public bool IsRunning => Snapshot?.IsRunning() == true;

    public IReadOnlyList<string> LastWords => [$"in Aspire: {Snapshot?.State?.Text}"];

    private string Name => ServiceNames.OfPeer(plan.Id);

    private IResource Resource => application().Services.GetRequiredService<DistributedApplicationModel>()
        .Resources.Single(resource => resource.Name == Name);

    private CustomResourceSnapshot? Snapshot =>
        application().ResourceNotifications.TryGetCurrentState(Name, out var state) ? state.Snapshot : null;

    public async Task StartAsync()
    {
        await ExecuteAsync(KnownResourceCommands.StartCommand);
        using var deadline = new CancellationTokenSource(Patience);
        await UntilUpAsync(deadline.Token);
    }

    /// <summary>Aspire's own wait is for the bare state "Running", which a peer adds words to.</summary>
    public async Task UntilUpAsync(CancellationToken stop) =>
        await application().ResourceNotifications.WaitForResourceAsync(
            Name, update => update.Snapshot.IsUp(), stop);

    public async Task StopAsync()
    {
        await ExecuteAsync(KnownResourceCommands.StopCommand);
        await UntilEndedAsync();
    }

    /// <summary>Aspire has no command for it; the process is one of this machine.</summary>
    public async Task KillAsync()
    {
        if (ProcessId is not { } id)
        {
            await StopAsync();
            return;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (ArgumentException)
        {
            // It has just ended by itself.
        }

        await UntilEndedAsync();
    }

    private int? ProcessId => Snapshot?.Properties
        .FirstOrDefault(property => property.Name == "executable.pid")?.Value as int?;

    private async Task UntilEndedAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await application().ResourceNotifications.WaitForResourceAsync(
            Name, KnownResourceStates.TerminalStates, deadline.Token);
    }

    private async Task ExecuteAsync(string command)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var result = await application().ResourceCommands.ExecuteCommandAsync(
            Resource, command, deadline.Token);
        if (!result.Success)
        {
            throw new InvalidOperationException($"{command} of {Name}: {result.Message}");
        }
    }
}
