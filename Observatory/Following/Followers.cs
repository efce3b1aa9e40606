using Blockchain.NodeApi;
using Blockchain.Observatory.State;
using Blockchain.ServiceDefaults;

namespace Blockchain.Observatory.Following;

/// <summary>Follows every peer that the configuration names.</summary>
internal sealed partial class Followers(
    PlannedPeers planned,
    ObservatoryOptions options,
    NodeClients nodes,
    LiveNetwork live,
    PeerConnections connections,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Observatory);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (planned.Problem is { } problem)
        {
            LogProblem(problem);
        }

        var client = new EventClient(nodes.ForEvents(), options.Key);
        return Task.WhenAll(planned.Peers.Select(peer => new PeerFollower(
            peer.Id, NodeAddress.ByName(peer.Id), client, live, connections, time, _logger).RunAsync(stoppingToken)));
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The peers file cannot be used, so peers are unknown until they are up: {Problem}")]
    private partial void LogProblem(string problem);
}
