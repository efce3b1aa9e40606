using Blockchain.AppHost.Network;
using Blockchain.Launching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Blockchain.AppHost.Observability;

/// <summary>
/// Keeps the list of the peers that run, for a Prometheus on this machine: written anew when a peer comes or goes, and
/// gone when the application ends.
/// </summary>
internal sealed partial class ScrapeList(
    ScrapeFolder folder, ResourceNotificationService notifications, ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger("Prometheus");
    private readonly Dictionary<string, ScrapeTarget> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IsAt(folder.Configuration);
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (Follow(change))
                {
                    folder.TryUpdate(_running.Values);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the run.
        }
        finally
        {
            // Here, since an application that ends does not dispose of its services.
            folder.Dispose();
        }
    }

    /// <summary>Whether the list of those that run is another one now.</summary>
    private bool Follow(ResourceEvent change)
    {
        if (change.Resource is not ProjectResource resource || PeerAnnotation.Of(resource) is not { } peer)
        {
            return false;
        }

        if (!change.Snapshot.IsRunning())
        {
            return _running.Remove(resource.Name);
        }

        var url = new Uri(resource.GetEndpoint(Names.Http).Url);
        return _running.TryAdd(resource.Name, new ScrapeTarget(peer.Plan.Info, url.Authority));
    }

    [LoggerMessage(0, LogLevel.Information, "To scrape the peers: prometheus --config.file={File}")]
    private partial void IsAt(string file);
}
