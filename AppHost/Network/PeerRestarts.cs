using System.Diagnostics;
using Blockchain.Launching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Blockchain.AppHost.Network;

/// <summary>
/// Starts peers again whose process died, where the file says so; Aspire has no such policy. One that
/// ended with exit code 0 was stopped by somebody, and is left alone.
/// </summary>
internal sealed partial class PeerRestarts(
    ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService logs)
    : BackgroundService
{
    private readonly Dictionary<string, (RestartPause Pause, Stopwatch SinceStart)> _peers = [];
    private readonly HashSet<string> _dead = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                var peer = change.Resource;
                if (PeerAnnotation.Of(peer) is not null && PauseAfter(peer, change.Snapshot) is { } pause)
                {
                    StartsAgain(logs.GetLogger(peer), pause.TotalSeconds);
                    _ = StartAsync(peer, pause, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    /// <summary>Null: it has not just died.</summary>
    private TimeSpan? PauseAfter(IResource peer, CustomResourceSnapshot snapshot)
    {
        if (snapshot.IsRunning())
        {
            _dead.Remove(peer.Name);
            _peers.TryAdd(peer.Name, (new RestartPause(), Stopwatch.StartNew()));
            if (!_peers[peer.Name].SinceStart.IsRunning)
            {
                _peers[peer.Name].SinceStart.Restart();
            }

            return null;
        }

        // States of one end come several times.
        if (snapshot.ExitCode is null or 0 || !_peers.TryGetValue(peer.Name, out var known) || !_dead.Add(peer.Name))
        {
            return null;
        }

        known.SinceStart.Stop();
        return known.Pause.After(known.SinceStart.Elapsed);
    }

    private async Task StartAsync(IResource peer, TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, stop);
            await commands.ExecuteCommandAsync(peer, KnownResourceCommands.StartCommand, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    [LoggerMessage(LogLevel.Warning, "It died and starts again in {Seconds} s")]
    private static partial void StartsAgain(ILogger logger, double seconds);
}
