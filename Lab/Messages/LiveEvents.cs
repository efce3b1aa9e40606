using System.Text.Json;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Messages;

/// <summary>Follows nodes of a network that runs on this machine, with their single messages.</summary>
internal sealed class LiveEvents(NetworkPlan plan, IReadOnlyList<PeerId> peers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();

    /// <summary>How many nodes have told something.</summary>
    public int Heard { get; private set; }

    /// <summary>Ends when it is told to stop, or when no node is left.</summary>
    /// <param name="heard">Called for one event at a time.</param>
    /// <param name="lost">Told which node cannot be followed (any more), and why.</param>
    public async Task FollowAsync(Action<PeerEvent> heard, Action<string> lost, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        var client = new EventClient(http, messages: true);
        await Task.WhenAll(peers.Select(peer => FollowAsync(client, peer, heard, lost, stop)));
    }

    private async Task FollowAsync(
        EventClient client, PeerId peer, Action<PeerEvent> heard, Action<string> lost, CancellationToken stop)
    {
        var node = NodeAddress.OnThisMachine(plan[peer].Info.Port);
        try
        {
            var isFirst = true;
            await foreach (var happened in client.FollowAsync(node, stop))
            {
                lock (_gate)
                {
                    Heard += isFirst ? 1 : 0;
                    isFirst = false;
                    heard(happened);
                }
            }

            Say($"{peer} has stopped.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Enough was heard.
        }
        catch (Exception error) when (error
            is HttpRequestException or IOException or TimeoutException or JsonException or OperationCanceledException)
        {
            Say($"{peer} cannot be followed at {node}: {error.Message}");
        }

        void Say(string text)
        {
            lock (_gate)
            {
                lost(text);
            }
        }
    }
}
