using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Blockchain.AppHost.Network;

/// <summary>
/// Follows the peers and keeps the state of their networks: how many are up, and whether the network is cut off. A
/// process that starts knows nothing of what its predecessor was told, and one that did not answer for a while has missed
/// what the others were told; so a peer that comes up is told again.
/// </summary>
internal sealed class NetworkMonitor(
    BlockchainNetwork network, ResourceNotificationService notifications, PeerControl control) : BackgroundService
{
    private readonly ConcurrentDictionary<ProjectResource, bool> _up = new();

    /// <summary>Cuts a network off from the others, or connects it again: tells each of its peers that runs.</summary>
    /// <returns>What went wrong, a line for each peer.</returns>
    public async Task<IReadOnlyList<string>> SetCutOffAsync(
        NatNetworkResource target, bool value, CancellationToken cancellation)
    {
        target.IsCutOff = value;
        var problems = await Task.WhenAll(
            target.Peers.Where(IsUp).Select(peer => TellAsync(peer, value, cancellation))).ConfigureAwait(false);
        await PublishAsync(target).ConfigureAwait(false);
        return [.. problems.OfType<string>()];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var parent in network.Networks)
            await PublishAsync(parent.Resource).ConfigureAwait(false);
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (change.Resource is ProjectResource resource && PeerAnnotation.Of(resource) is { } peer)
                    await FollowAsync(resource, peer, change.Snapshot, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    private async Task FollowAsync(
        ProjectResource resource, PeerAnnotation peer, CustomResourceSnapshot snapshot, CancellationToken cancellation)
    {
        var isUp = snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthStatus == HealthStatus.Healthy;
        if (isUp == IsUp(resource))
            return;
        _up[resource] = isUp;
        if (isUp)
            await TellAsync(resource, peer.Network.IsCutOff, cancellation).ConfigureAwait(false);
        if (!isUp && snapshot.State?.Text != KnownResourceStates.Running)
            await notifications.PublishUpdateAsync(resource, last => last.AsPlanned(peer.Plan)).ConfigureAwait(false);
        await PublishAsync(peer.Network).ConfigureAwait(false);
    }

    private bool IsUp(ProjectResource peer) => _up.GetValueOrDefault(peer);

    private async Task<string?> TellAsync(ProjectResource peer, bool isCutOff, CancellationToken cancellation)
    {
        try
        {
            await control.TellAsync(peer, (node, token) => node.SetCutOffAsync(isCutOff, token), cancellation)
                .ConfigureAwait(false);
            return null;
        }
        catch (HttpRequestException problem)
        {
            return problem.Message;
        }
    }

    private Task PublishAsync(NatNetworkResource parent) =>
        notifications.PublishUpdateAsync(parent, snapshot => snapshot.With(parent, parent.Peers.Count(IsUp)));
}
