using System.Collections.Concurrent;
using Blockchain.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Blockchain.AppHost.Network;

/// <summary>
/// Follows the peers and keeps the state of their networks: how many are up, and whether the network is cut off. A
/// process that starts knows nothing of what its predecessor was told, and one that did not answer for a while has
/// missed
/// what the others were told; so a peer that comes up is told again.
/// </summary>
internal sealed partial class NetworkMonitor(
    BlockchainNetwork network,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    PeerControl control) : BackgroundService
{
    private readonly ConcurrentDictionary<IResource, PeerPresence> _presence = new();

    /// <summary>The nodes of ours in a network that run and are well.</summary>
    public IEnumerable<ProjectResource> UpIn(NatNetworkResource target) => target.Peers.Where(IsUp);

    /// <summary>Cuts a network off from the others, or connects it again: tells each of its peers that runs.</summary>
    /// <returns>What went wrong, a line for each peer.</returns>
    public async Task<IReadOnlyList<string>> SetCutOffAsync(
        NatNetworkResource target, bool value, CancellationToken cancellation)
    {
        target.IsCutOff = value;
        var problems = await control.TellAllAsync(
            UpIn(target), (node, token) => node.TellAsync(new SetCutOff(value), token), cancellation);
        await PublishAsync(target);
        if (value)
        {
            CutOff(logs.GetLogger(target));
        }
        else
        {
            Healed(logs.GetLogger(target));
        }

        return problems;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var parent in network.Networks)
        {
            await PublishAsync(parent.Resource);
        }

        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (PeerAnnotation.Of(change.Resource) is { } peer)
                {
                    await FollowAsync(change.Resource, peer, change.Snapshot, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    private async Task FollowAsync(
        IResource resource, PeerAnnotation peer, CustomResourceSnapshot snapshot, CancellationToken cancellation)
    {
        var before = _presence.GetValueOrDefault(resource);
        var now = snapshot.IsUp() ? PeerPresence.Up
            : snapshot.State?.Text == KnownResourceStates.NotStarted ? PeerPresence.Waiting
            : PeerPresence.Down;
        if (now == before)
        {
            return;
        }

        _presence[resource] = now;
        if (now == PeerPresence.Up)
        {
            CameUp(logs.GetLogger(peer.Network), resource.Name);
            await control.TellAllAsync(
                [.. new[] { resource }.OfType<ProjectResource>()],
                (node, token) => node.TellAsync(new SetCutOff(peer.Network.IsCutOff), token),
                cancellation);
        }
        else if (before == PeerPresence.Up)
        {
            WentDown(logs.GetLogger(peer.Network), resource.Name, snapshot.State?.Text, snapshot.ExitCode);
        }

        if (!snapshot.IsRunning() && resource is ProjectResource)
        {
            await notifications.PublishUpdateAsync(resource, last => last.AsPlanned(peer.Plan));
        }

        await PublishAsync(peer.Network);
    }

    private bool IsUp(IResource peer) => _presence.GetValueOrDefault(peer) == PeerPresence.Up;

    private Task PublishAsync(NatNetworkResource parent) => notifications.PublishUpdateAsync(
        parent,
        snapshot => snapshot.With(
            parent,
            parent.All.Count(IsUp),
            parent.All.Count(peer => _presence.GetValueOrDefault(peer) == PeerPresence.Waiting)));

    [LoggerMessage(LogLevel.Information, "{Peer} is up")]
    private static partial void CameUp(ILogger logger, string peer);

    [LoggerMessage(LogLevel.Warning,
        "{Peer} is down ({State}, exit code {ExitCode}); its command Start starts it again")]
    private static partial void WentDown(ILogger logger, string peer, string? state, int? exitCode);

    [LoggerMessage(LogLevel.Warning, "Cut off from the other networks")]
    private static partial void CutOff(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Connected with the other networks again")]
    private static partial void Healed(ILogger logger);
}
