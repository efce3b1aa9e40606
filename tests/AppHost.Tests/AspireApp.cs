using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Blockchain.AppHost.Network;
using Blockchain.Network.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Blockchain.AppHost.Tests;

/// <summary>
/// The AppHost as tests start it: from its own entry point, with a file of theirs. Starting fails at once, and not at
/// the
/// deadline, when a resource fails, and the message has what that resource said.
/// </summary>
internal static class AspireApp
{
    private static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LogDeadline = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Just the model of a file. (Disposing what the entry point built takes ten seconds if it was never started.)
    /// </summary>
    public static DistributedApplication ModelOf(
        string file, Action<BlockchainNetwork>? configure = null, Dictionary<string, string?>? configuration = null)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(BlockchainNetwork).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Configuration.AddInMemoryCollection(configuration);
        var network = builder.AddBlockchainNetwork(file);
        network.AddObservatory();
        configure?.Invoke(network);
        return builder.Build();
    }

    /// <summary>Builds the application by its entry point; starts nothing.</summary>
    public static async Task<DistributedApplication> BuildAsync(params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(BuildDeadline);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            arguments, deadline.Token);
        return await builder.BuildAsync(deadline.Token);
    }

    /// <summary>
    /// Starts the application and waits until every peer that starts with it is healthy, for as long as there is
    /// progress.
    /// </summary>
    public static async Task StartAsync(DistributedApplication app)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        await app.StartAsync(deadline.Token);
        var peers = PeersOf(app).Where(peer => !peer.HasAnnotationOfType<ExplicitStartupAnnotation>()).ToArray();
        var waiting = peers.ToHashSet();
        await Eventually.HoldsAsync("all peers are healthy", HaveBeenHealthyAsync, SightAsync, DescribeAsync);

        async Task<bool> HaveBeenHealthyAsync()
        {
            if (peers.FirstOrDefault(HasFailed) is { } failed)
            {
                Assert.Fail($"{failed.Name}: {StateOf(app, failed)}\n{await LogAsync(app, failed)}");
            }

            waiting.RemoveWhere(peer => SnapshotOf(app, peer)?.IsUp() == true);
            return waiting.Count == 0;
        }

        Task<string> SightAsync() => Task.FromResult(string.Join(
            '\n', peers.Select(peer => $"{peer.Name} {StateOf(app, peer)} {SnapshotOf(app, peer)?.HealthStatus}")));

        async Task<string> DescribeAsync() => string.Join('\n', await Task.WhenAll(waiting.Select(
            async peer => $"{peer.Name} {StateOf(app, peer)}:\n{await LogAsync(app, peer)}")));

        bool HasFailed(ProjectResource peer) => StateOf(app, peer) is { Length: > 0 } state
            && (state == KnownResourceStates.FailedToStart || KnownResourceStates.TerminalStates.Contains(state));
    }

    public static IEnumerable<ProjectResource> PeersOf(DistributedApplication app) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<ProjectResource>()
            .Where(resource => PeerAnnotation.Of(resource) is not null);

    /// <summary>Executes a command as the dashboard does it, with what was put into its fields.</summary>
    public static async Task<ExecuteCommandResult> TryExecuteAsync(
        this DistributedApplication app, IResource resource, string command, params (string Name,
            string Value)[] arguments)
    {
        using var deadline = new CancellationTokenSource(CommandDeadline);
        var inputs = arguments.Select(argument => new InteractionInput
        {
            Name = argument.Name,
            Value = argument.Value,
            InputType = InputType.Text,
        });
        return await app.ResourceCommands.ExecuteCommandAsync(
            resource, command, new InteractionInputCollection([.. inputs]), deadline.Token);
    }

    /// <returns>What the command says that it did.</returns>
    public static async Task<string> ExecuteAsync(
        this DistributedApplication app, IResource resource, string command, params (string Name,
            string Value)[] arguments)
    {
        var result = await app.TryExecuteAsync(resource, command, arguments);
        Assert.True(result.Success, $"{command} of {resource.Name}: {result.Message}");
        return result.Message ?? "";
    }

    public static string StateOf(DistributedApplication app, IResource resource) =>
        SnapshotOf(app, resource)?.State?.Text ?? "";

    private static CustomResourceSnapshot? SnapshotOf(DistributedApplication app, IResource resource) =>
        app.ResourceNotifications.TryGetCurrentState(resource.Name, out var state) ? state.Snapshot : null;

    private static async Task<string> LogAsync(DistributedApplication app, IResource resource)
    {
        var lines = new List<string>();
        try
        {
            using var deadline = new CancellationTokenSource(LogDeadline);
            var logs = app.Services.GetRequiredService<ResourceLoggerService>();
            await foreach (var batch in logs.GetAllAsync(resource).WithCancellation(deadline.Token))
            {
                lines.AddRange(batch.Select(line => $"  {line.Content}"));
            }
        }
        catch (OperationCanceledException)
        {
            // What there is has to do.
        }

        return string.Join('\n', lines);
    }
}
