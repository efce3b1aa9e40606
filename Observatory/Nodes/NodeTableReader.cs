using System.Text.Json;
using Blockchain.Observatory.Following;
using Blockchain.Shared;

namespace Blockchain.Observatory.Nodes;

/// <summary>Asks nodes for their tables.</summary>
public sealed class NodeTableReader(NodeClients clients)
{
    /// <exception cref="HttpRequestException">It does not answer, or not as expected; the message says why.</exception>
    public async Task<NodeTable> ReadAsync(PeerId peer, TableKind kind, CancellationToken cancellation)
    {
        var http = clients.ForApi();
        try
        {
            var answers = await Task.WhenAll(NodeTables.PathsOf(kind).Select(path =>
                ReadAsync(http, new Uri(NodeClients.AddressOf(peer), path), cancellation)))
                .ConfigureAwait(false);
            return NodeTables.Of(kind, answers);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("It does not answer in time.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new HttpRequestException($"It answers something else than expected: {error.Message}", error);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpClient http, Uri url, CancellationToken cancellation) =>
        await http.GetFromJsonAsync<JsonElement>(url, cancellation).ConfigureAwait(false);
}
