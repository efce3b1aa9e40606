using System.Text.Json;

namespace Blockchain.AppHost.Network;

/// <summary>The control API of the nodes, which asks for the key of this run.</summary>
internal sealed class PeerControl(HttpClient http, BlockchainNetwork network)
{
    private const string KeyHeader = "X-Control-Key";

    /// <summary>Tells a node something.</summary>
    /// <param name="path">Below <c>/control/</c>.</param>
    /// <returns>What it answers.</returns>
    /// <exception cref="HttpRequestException">It does not answer, or refuses; the message says why.</exception>
    public async Task<JsonElement> PostAsync(ProjectResource peer, string path, CancellationToken cancellation)
    {
        var url = $"{peer.GetEndpoint(Names.Http).Url}/control/{path}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add(KeyHeader, await network.ControlKey.Resource.GetValueAsync(cancellation).ConfigureAwait(false));
        using var answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{peer.Name}: {Reason(text) ?? answer.StatusCode.ToString()}");
        return JsonElement.Parse(text);
    }

    private static string? Reason(string text)
    {
        try
        {
            var answer = JsonElement.Parse(text);
            return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error)
                ? error.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
