using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Blockchain.Shared;

namespace Blockchain.NodeApi;

// What a node can be told.
public sealed partial class NodeClient
{
    /// <summary>
    /// A node reads no more than 8 KB of a request's first line. A long list of peers goes into the body.
    /// </summary>
    private const int LongestQuery = 4_000;

    /// <summary>Has the node make a block now.</summary>
    public Task<MinedAnswer> MineAsync(CancellationToken cancellation = default) =>
        TellAsync(new Mine(), NodeJson.Default.MinedAnswer, cancellation);

    /// <summary>Has the node make a transaction now.</summary>
    public Task<TransactionAnswer> PayAsync(Pay pay, CancellationToken cancellation = default) =>
        TellAsync(pay, NodeJson.Default.TransactionAnswer, cancellation);

    /// <summary>Tells the node anything that changes how it behaves.</summary>
    /// <returns>All that can be changed, as it is then.</returns>
    /// <exception cref="HttpRequestException">The node does not answer, or refuses; the message says why.</exception>
    public Task<SwitchAnswer> TellAsync(PeerCommand command, CancellationToken cancellation = default) =>
        TellAsync(command, NodeJson.Default.SwitchAnswer, cancellation);

    private Task<T> TellAsync<T>(PeerCommand command, JsonTypeInfo<T> answer, CancellationToken cancellation)
    {
        var (verb, arguments) = PeerVerb.Of(command);
        var query = string.Join('&', arguments.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));
        var route = query.Length is 0 or > LongestQuery ? $"/{verb.Name}" : $"/{verb.Name}?{query}";
        var body = query.Length > LongestQuery ? arguments.ToDictionary() : null;
        return InTimeAsync(SendAsync(route, body, answer, cancellation), cancellation);
    }

    private async Task<T> SendAsync<T>(
        string route, Dictionary<string, string>? body, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, ControlRoutes.Root + route))
        {
            Content = body is null ? null : JsonContent.Create(body, NodeJson.Default.DictionaryStringString),
        };
        request.Headers.Add(ControlRoutes.KeyHeader, controlKey);
        using var answer = await http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException(await ReasonAsync(answer, cancellation));
        }

        return await answer.Content.ReadFromJsonAsync(type, cancellation)
            ?? throw Unexpected("null");
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                return "The node has another control key.";
            case HttpStatusCode.NotFound:
                return "The node does not know this command, or it was started without a control key.";
        }

        try
        {
            var told = await answer.Content.ReadFromJsonAsync(NodeJson.Default.ErrorAnswer, cancellation);
            if (told is not null)
            {
                return told.Error;
            }
        }
        catch (JsonException)
        {
            // It says why in no form that we know; the status has to do.
        }

        return $"The node answers {(int)answer.StatusCode}.";
    }
}
