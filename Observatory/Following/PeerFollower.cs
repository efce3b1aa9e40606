using System.Text.Json;
using Blockchain.NodeApi;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Following;

/// <summary>Follows the events of one peer, and comes back to it whenever it is lost.</summary>
/// <param name="node">The address of its pages; a name that service discovery knows.</param>
internal sealed partial class PeerFollower(
    PeerId peer,
    Uri node,
    EventClient client,
    LiveNetwork live,
    PeerConnections connections,
    TimeProvider time,
    ILogger logger)
{
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private const double Growth = 1.6;

    private int _failures;

    /// <summary>Ends only when it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var problem = await TryAsync(stop);
                stop.ThrowIfCancellationRequested();
                _failures++;
                connections.Set(new PeerConnection(peer, ConnectionState.Waiting, _failures, problem));
                await Task.Delay(PauseAfter(_failures), time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The Observatory stops.
        }
    }

    /// <summary>Longer after each failure, so that a hundred dead peers cost little.</summary>
    public static TimeSpan PauseAfter(int failures)
    {
        var pause = ShortestPause * Math.Pow(Growth, Math.Max(failures - 1, 0));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <returns>Why it has ended.</returns>
    private async Task<string> TryAsync(CancellationToken stop)
    {
        try
        {
            await FollowAsync(stop);
            return "it ended the stream";
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            // Whatever it was, the peer may be there again: nobody else would come back to it.
            if (!IsOfConnection(error))
            {
                LogFailed(peer, error);
            }

            return error.Message;
        }
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var isFollowing = false;
        try
        {
            await foreach (var happened in client.FollowAsync(node, stop))
            {
                if (!isFollowing)
                {
                    isFollowing = true;
                    _failures = 0;
                    connections.Set(new PeerConnection(peer, ConnectionState.Following, 0, null));
                    LogFollowing(peer);
                }

                // A peer speaks of itself only.
                if (happened.Peer == peer)
                {
                    live.Add(happened);
                }
            }
        }
        finally
        {
            if (isFollowing)
            {
                live.Add(new PeerDown(live.Now, peer));
                LogLost(peer);
            }
        }
    }

    private static bool IsOfConnection(Exception error) => error
        is HttpRequestException or IOException or TimeoutException or JsonException or OperationCanceledException;

    [LoggerMessage(Level = LogLevel.Information, Message = "Following {Peer}")]
    private partial void LogFollowing(PeerId peer);

    [LoggerMessage(Level = LogLevel.Information, Message = "Lost {Peer}")]
    private partial void LogLost(PeerId peer);

    [LoggerMessage(Level = LogLevel.Error, Message = "Following {Peer} failed")]
    private partial void LogFailed(PeerId peer, Exception error);
}
