using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Blockchain.ServiceDefaults;

namespace Blockchain.NodeApi;

/// <summary>
/// A node's HTTP API: what it tells of itself, and what it can be told. Every method but <see cref="TryAsync"/> throws
/// <see cref="HttpRequestException"/> where the node does not answer, or refuses; the message says why.
/// </summary>
/// <param name="url">The node's address, as <see cref="NodeAddress"/> has it.</param>
/// <param name="controlKey">What the node asks of whoever tells it something; null: it can only be asked.</param>
public sealed partial class NodeClient(HttpClient http, Uri url, string? controlKey = null)
{
    public Uri Url => url;

    public Task<NodeStatus> StatusAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Status, NodeJson.Default.NodeStatus, cancellation);

    public Task<Arrival[]> ArrivalsAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Arrivals, NodeJson.Default.ArrivalArray, cancellation);

    /// <summary>The headers of the chain from its first block to its tip.</summary>
    public Task<HeaderEntry[]> BlocksAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Blocks, NodeJson.Default.HeaderEntryArray, cancellation);

    public Task<KnownPeer[]> PeersAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Peers, NodeJson.Default.KnownPeerArray, cancellation);

    /// <summary>Seconds to each peer; null while unknown.</summary>
    public Task<Dictionary<string, double?>> LatencyAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Latency, NodeJson.Default.DictionaryStringNullableDouble, cancellation);

    public Task<string[]> BlacklistAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Blacklist, NodeJson.Default.StringArray, cancellation);

    /// <summary>Bad blocks and transactions by the peer that delivered them.</summary>
    public Task<Dictionary<string, int>> OffencesAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Offences, NodeJson.Default.DictionaryStringInt32, cancellation);

    /// <summary>Messages dropped, by type.</summary>
    public Task<Dictionary<string, long>> DropsAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Drops, NodeJson.Default.DictionaryStringInt64, cancellation);

    /// <summary>Messages dropped, by type and reason.</summary>
    public Task<Dictionary<string, Dictionary<string, long>>> DropsByReasonAsync(
        CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.DropsByReason, NodeJson.Default.DictionaryStringDictionaryStringInt64, cancellation);

    /// <summary>Messages that told the node nothing new.</summary>
    public Task<RedundantMessages> RedundancyAsync(CancellationToken cancellation = default) =>
        GetAsync(NodeRoutes.Redundancy, NodeJson.Default.RedundantMessages, cancellation);

    /// <summary>In the text format of Prometheus.</summary>
    public Task<string> MetricsAsync(CancellationToken cancellation = default) => InTimeAsync(
        http.GetStringAsync(new Uri(url, ServiceRoutes.Metrics), cancellation), cancellation);

    /// <summary>What a GET answers, as it is.</summary>
    /// <param name="path">One of <see cref="NodeRoutes"/>.</param>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation = default) =>
        GetAsync(path, NodeJson.Default.JsonElement, cancellation);

    /// <summary>What <paramref name="request"/> returns; null if the node does not answer in time.</summary>
    public async Task<T?> TryAsync<T>(
        Func<NodeClient, CancellationToken, Task<T>> request, TimeSpan patience, CancellationToken cancellation =
            default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        try
        {
            return await request(this, deadline.Token);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var answer = http.GetFromJsonAsync(new Uri(url, path), type, cancellation);
        return await InTimeAsync(answer, cancellation) ?? throw Unexpected("null");
    }

    /// <summary>Turns whatever may fail between two processes into what callers are told to expect.</summary>
    private static async Task<T> InTimeAsync<T>(Task<T> answer, CancellationToken cancellation)
    {
        try
        {
            return await answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("The node did not answer in time.");
        }
        catch (JsonException error)
        {
            throw Unexpected(error.Message, error);
        }
    }

    private static HttpRequestException Unexpected(string what, Exception? error = null) =>
        new($"It answers something else than expected: {what}", error);
}
