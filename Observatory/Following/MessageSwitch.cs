using System.Text.Json;
using Blockchain.NodeApi;
using Blockchain.Observatory.State;
using Blockchain.ServiceDefaults;
using Blockchain.Shared;

namespace Blockchain.Observatory.Following;

/// <summary>
/// Whether the nodes are asked for single messages too, which are many: off until somebody turns it on, for all who
/// look. While it is on, a second stream of each node brings them, so that the first one goes on undisturbed.
/// </summary>
public sealed partial class MessageSwitch(
    PlannedPeers planned,
    ObservatoryOptions options,
    NodeClients nodes,
    LiveNetwork live,
    TimeProvider time,
    ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Observatory);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;

    public bool IsOn => Volatile.Read(ref _stop) is not null;

    public void Set(bool isOn)
    {
        lock (_gate)
        {
            if (isOn == IsOn)
            {
                return;
            }

            if (isOn)
            {
                _stop = new CancellationTokenSource();
                var client = new EventClient(nodes.ForEvents(), options.Key, messages: true);
                var token = _stop.Token;
                foreach (var peer in planned.Peers)
                {
                    _ = FollowAsync(client, peer.Id, token);
                }
            }
            else
            {
                _ = _stop!.CancelAsync();
                _stop = null;
            }
        }

        live.Touch();
    }

    public void Dispose() => Set(isOn: false);

    /// <summary>Comes back to the node whenever it is lost, until it is told to stop.</summary>
    private async Task FollowAsync(EventClient client, PeerId peer, CancellationToken stop)
    {
        for (var failures = 1; !stop.IsCancellationRequested; failures++)
        {
            try
            {
                await foreach (var happened in client.FollowAsync(NodeAddress.ByName(peer), stop))
                {
                    failures = 1;
                    if (happened is MessageTraced && happened.Peer == peer)
                    {
                        live.Add(happened);
                    }
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error
                is HttpRequestException or IOException or TimeoutException or JsonException
                or OperationCanceledException)
            {
                // The first stream of this node says what is wrong with it.
                LogLost(peer, error.Message);
            }

            await PauseAsync(PeerFollower.PauseAfter(failures), stop);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, time, stop);
        }
        catch (OperationCanceledException)
        {
            // It was turned off.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No single messages of {Peer}: {Problem}")]
    private partial void LogLost(PeerId peer, string problem);
}
