using System.Net;
using System.Text.Json;
using Blockchain.Observatory.Following;
using Blockchain.Shared;

namespace Blockchain.Observatory.Acting;

/// <summary>The control API of the nodes.</summary>
public sealed class NodeControl(NodeClients clients, ObservatoryOptions options)
{
    private const string KeyHeader = "X-Control-Key";

    /// <summary>Null: it may be used; otherwise why it may not.</summary>
    public string? OffBecause { get; } = string.IsNullOrEmpty(options.Key)
        ? $"It was started without the nodes' control key ({ObservatoryOptions.Section}:Key): it can look only."
        : null;

    /// <summary>Tells a node something.</summary>
    /// <param name="path">Below <c>/control/</c>.</param>
    /// <param name="body">Null: none.</param>
    /// <exception cref="HttpRequestException">It does not answer, or refuses; the message says why.</exception>
    public async Task PostAsync(PeerId peer, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(NodeClients.AddressOf(peer), $"/control/{path}"));
        request.Headers.Add(KeyHeader, options.Key);
        request.Content = body is null ? null : JsonContent.Create(body);
        try
        {
            using var answer = await clients.ForApi().SendAsync(request, cancellation).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw new HttpRequestException(await ReasonAsync(answer, cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("It does not answer in time.");
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                return "The node has another control key.";
            case HttpStatusCode.NotFound:
                return "The node has no such command, or was started without a control key.";
        }

        try
        {
            var told = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation).ConfigureAwait(false);
            if (told.ValueKind == JsonValueKind.Object
                && told.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.String)
            {
                return error.GetString()!;
            }
        }
        catch (JsonException)
        {
            // It says why in no form that we know; the status has to do.
        }

        return $"The node answers {(int)answer.StatusCode}.";
    }
}
