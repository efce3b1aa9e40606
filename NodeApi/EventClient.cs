using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Blockchain.Events;
using Blockchain.Shared;

namespace Blockchain.NodeApi;

/// <summary>
/// Follows what happens at a node. A reader that loses the stream begins anew: it starts with the node's state.
/// </summary>
/// <param name="http">Its time limits apply until the stream begins.</param>
/// <param name="controlKey">The node's key, for which it keeps places free; null: as anybody.</param>
/// <param name="messages">Whether to be told of every single message too.</param>
public sealed class EventClient(HttpClient http, string? controlKey = null, bool messages = false)
{
    /// <summary>A node says something at least every 15 s; after three times that it is taken for dead.</summary>
    public static TimeSpan Patience { get; } = 3 * EventStream.HeartbeatInterval;

    /// <summary>The node's state as events, then what happens, until the node ends the stream.</summary>
    /// <param name="node">The address of the node's pages, such as <c>http://peer-5000</c>.</param>
    /// <exception cref="HttpRequestException">It cannot be reached, or refuses; then the status code says
    /// why.</exception>
    /// <exception cref="IOException">The stream broke off.</exception>
    /// <exception cref="TimeoutException">Nothing was heard for <see cref="Patience"/>.</exception>
    /// <exception cref="JsonException">It said what is no event.</exception>
    public async IAsyncEnumerable<PeerEvent> FollowAsync(
        Uri node, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var path = messages ? EventStream.PathWithMessages : EventStream.Path;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, path));
        if (controlKey is not null)
        {
            request.Headers.Add(ControlRoutes.KeyHeader, controlKey);
        }

        using var response = await http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var items = SseParser.Create(stream, static (_, data) => EventJson.Read(data))
            .EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);
        await using (items)
        {
            while (await NextAsync(items, silence, cancellation))
            {
                if (items.Current.Data is { } told)
                {
                    yield return told;
                }
            }
        }
    }

    private static async Task<bool> NextAsync(
        IAsyncEnumerator<SseItem<PeerEvent?>> items, CancellationTokenSource silence, CancellationToken cancellation)
    {
        silence.CancelAfter(Patience);
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No event came for {Patience.TotalSeconds} s.");
        }
    }
}
