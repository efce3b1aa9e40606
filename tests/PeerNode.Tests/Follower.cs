using Blockchain.NodeApi;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Tests;

/// <summary>Follows the events of a node, one after the other.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _deadline = new(TestClient.Deadline);
    private readonly IAsyncEnumerator<PeerEvent> _events;

    /// <param name="key">Null: it has none.</param>
    /// <param name="messages">Whether it asks for single messages.</param>
    public Follower(NodeHost node, string? key = null, bool messages = false) =>
        _events = new EventClient(_http, key, messages)
            .FollowAsync(node.Http, _deadline.Token).GetAsyncEnumerator(_deadline.Token);

    /// <summary>Null at the end of the stream.</summary>
    public async Task<PeerEvent?> NextAsync() => await _events.MoveNextAsync() ? _events.Current : null;

    /// <summary>The next event of a kind; others that come before it are skipped.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? condition = null)
        where T : PeerEvent
    {
        while (true)
        {
            var told = await NextAsync();
            Assert.True(told is not null, $"The stream ended before a {typeof(T).Name} came.");
            if (told is T wanted && condition?.Invoke(wanted) != false)
            {
                return wanted;
            }
        }
    }

    /// <summary>What is told up to the first event of a kind, that one included.</summary>
    public async Task<IReadOnlyList<PeerEvent>> UntilAsync<T>()
        where T : PeerEvent
    {
        var told = new List<PeerEvent>();
        do
        {
            told.Add(await NextAsync<PeerEvent>());
        }
        while (told[^1] is not T);
        return told;
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _http.Dispose();
        _deadline.Dispose();
    }
}
