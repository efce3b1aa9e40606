using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Blockchain.Lab.Network;

/// <summary>
/// A node's HTTP API. Every method but <see cref="IsHealthyAsync"/> and <see cref="TryAsync"/> throws
/// <see cref="HttpRequestException"/> where the node does not answer or refuses.
/// </summary>
public sealed class NodeClient(HttpClient http, Uri url, string? controlKey)
{
    private const string ControlHeader = "X-Control-Key";

    public Uri Url => url;

    /// <summary>False as well while nobody listens at the address, or nobody answers in time.</summary>
    public Task<bool> IsHealthyAsync(CancellationToken cancellation = default) =>
        http.AnswersAsync(new Uri(url, "health"), cancellation);

    public Task<NodeStatus> StatusAsync(CancellationToken cancellation = default) =>
        GetAsync("status", NodeJson.Default.NodeStatus, cancellation);

    public Task<Arrival[]> ArrivalsAsync(CancellationToken cancellation = default) =>
        GetAsync("arrivals", NodeJson.Default.ArrivalArray, cancellation);

    /// <summary>The chain from its first block to its tip.</summary>
    public Task<BlockReference[]> BlocksAsync(CancellationToken cancellation = default) =>
        GetAsync("blocks", NodeJson.Default.BlockReferenceArray, cancellation);

    public Task<KnownPeer[]> PeersAsync(CancellationToken cancellation = default) =>
        GetAsync("peers", NodeJson.Default.KnownPeerArray, cancellation);

    /// <summary>Seconds to each peer; null while unknown.</summary>
    public Task<Dictionary<string, double?>> LatencyAsync(CancellationToken cancellation = default) =>
        GetAsync("latency", NodeJson.Default.DictionaryStringNullableDouble, cancellation);

    public Task<string[]> BlacklistAsync(CancellationToken cancellation = default) =>
        GetAsync("blacklist", NodeJson.Default.StringArray, cancellation);

    /// <summary>Bad blocks and transactions by the peer that delivered them.</summary>
    public Task<Dictionary<string, int>> OffencesAsync(CancellationToken cancellation = default) =>
        GetAsync("offences", NodeJson.Default.DictionaryStringInt32, cancellation);

    /// <summary>Messages dropped, by type.</summary>
    public Task<Dictionary<string, long>> DropsAsync(CancellationToken cancellation = default) =>
        GetAsync("drop_stats", NodeJson.Default.DictionaryStringInt64, cancellation);

    /// <summary>Messages dropped, by type and reason.</summary>
    public Task<Dictionary<string, Dictionary<string, long>>> DropsByReasonAsync(
        CancellationToken cancellation = default) =>
        GetAsync("drop_stats?by=reason", NodeJson.Default.DictionaryStringDictionaryStringInt64, cancellation);

    /// <summary>Messages that told the node nothing new.</summary>
    public Task<RedundantMessages> RedundancyAsync(CancellationToken cancellation = default) =>
        GetAsync("redundancy", NodeJson.Default.RedundantMessages, cancellation);

    /// <summary>Messages that arrived, by type, from the node's metrics.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReceivedAsync(CancellationToken cancellation = default) =>
        MetricLines.ByLabel(
            await http.GetStringAsync(new Uri(url, "metrics"), cancellation).ConfigureAwait(false),
            "blockchain_messages_received_total",
            "type");

    /// <summary>Has the node make a block now.</summary>
    public Task MineAsync(CancellationToken cancellation = default) => ControlAsync("mine", cancellation);

    /// <summary>Has the node make a transaction now.</summary>
    public Task MakeTransactionAsync(CancellationToken cancellation = default) =>
        ControlAsync("transaction", cancellation);

    public Task SetMaliciousAsync(bool value, CancellationToken cancellation = default) =>
        ControlAsync(value ? "malicious?value=true" : "malicious?value=false", cancellation);

    /// <summary>Whether the node makes blocks and transactions by itself.</summary>
    public Task SetGenerationAsync(bool value, CancellationToken cancellation = default) =>
        ControlAsync(value ? "generation?value=true" : "generation?value=false", cancellation);

    /// <summary>What <paramref name="request"/> returns; null if the node does not answer in time.</summary>
    public async Task<T?> TryAsync<T>(
        Func<NodeClient, CancellationToken, Task<T>> request, TimeSpan patience, CancellationToken cancellation = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        try
        {
            return await request(this, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        await http.GetFromJsonAsync(new Uri(url, path), type, cancellation).ConfigureAwait(false)
        ?? throw new HttpRequestException($"{url}{path} answers null.");

    private async Task ControlAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "control/" + path));
        request.Headers.Add(ControlHeader, controlKey);
        using var answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }
}
