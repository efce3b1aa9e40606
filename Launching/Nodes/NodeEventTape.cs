using System.Text.Json;
using Blockchain.Events;
using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.Launching.Nodes;

/// <summary>
/// Follows the events of several nodes over all their runs: keeps those that are no mere counts in memory, and writes
/// all of them to a recording.
/// </summary>
public sealed class NodeEventTape : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly EventClient _client;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _followers = [];
    private readonly Lock _gate = new();
    private readonly List<PeerEvent> _history = [];
    private readonly StreamWriter? _file;

    /// <param name="file">Where the recording goes; null: nowhere.</param>
    /// <param name="messages">Single messages too.</param>
    public NodeEventTape(string? file, string? controlKey, bool messages = false)
    {
        _client = new EventClient(_http, controlKey, messages);
        if (file is not null)
        {
            _file = new StreamWriter(file) { NewLine = "\n" };
            _file.WriteLine($$"""{"schema":"{{EventJson.Schema}}","version":{{EventJson.Version}}}""");
        }
    }

    /// <summary>As of now, in the order in which it was heard.</summary>
    public IReadOnlyList<PeerEvent> History
    {
        get
        {
            lock (_gate)
            {
                return [.. _history];
            }
        }
    }

    private TimeSpan Now => _time.GetUtcNow() - DateTimeOffset.UnixEpoch;

    public void Follow(ITrialNode node) => _followers.Add(Task.Run(() => FollowAsync(node, _stop.Token)));

    public void Add(PeerEvent told)
    {
        lock (_gate)
        {
            if (told is not (MessagesReceived or MessagesRedundant or MessagesDropped or MessagesRelayed
                or MessageTraced))
            {
                _history.Add(told);
            }

            if (_file is not null)
            {
                _file.WriteLine(System.Text.Encoding.UTF8.GetString(EventJson.Write(told, Now)));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_followers);
        if (_file is not null)
        {
            await _file.DisposeAsync();
        }

        _http.Dispose();
        _stop.Dispose();
    }

    private async Task FollowAsync(ITrialNode node, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var told in _client.FollowAsync(node.Client.Url, stop))
                {
                    Add(told);
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException
                or JsonException or OperationCanceledException)
            {
                // It is down or not up yet; what it told before stays true.
            }

            await Task.Delay(Pause, _time, CancellationToken.None);
        }
    }
}
