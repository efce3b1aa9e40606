using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Blockchain.Shared;

namespace Blockchain.NodeApi;

// What a node can be told.
public sealed partial class NodeClient
{
    /// <summary>Has the node make a block now.</summary>
    public Task<MinedAnswer> MineAsync(CancellationToken cancellation = default) =>
        PostAsync(ControlRoutes.Mine, NodeJson.Default.MinedAnswer, cancellation);

    /// <summary>Has the node make a transaction now.</summary>
    public Task<TransactionAnswer> MakeTransactionAsync(
        TransactionRequest? request = null, CancellationToken cancellation = default) =>
        PostAsync(ControlRoutes.Transaction, NodeJson.Default.TransactionAnswer, cancellation, request);

    public Task<SwitchAnswer> SetMaliciousAsync(bool value, CancellationToken cancellation = default) =>
        SwitchAsync(ControlRoutes.Malicious, value, cancellation);

    /// <summary>Whether the node makes blocks and transactions by itself.</summary>
    public Task<SwitchAnswer> SetGenerationAsync(bool value, CancellationToken cancellation = default) =>
        SwitchAsync(ControlRoutes.Generation, value, cancellation);

    /// <summary>Whether its network is cut off from the others.</summary>
    public Task<SwitchAnswer> SetCutOffAsync(bool value, CancellationToken cancellation = default) =>
        SwitchAsync(ControlRoutes.CutOff, value, cancellation);

    public Task<SwitchAnswer> SetPausedAsync(bool value, CancellationToken cancellation = default) =>
        SwitchAsync(ControlRoutes.Pause, value, cancellation);

    /// <summary>Changes what the simulated network does to its messages; null: as it is.</summary>
    /// <param name="loss">Share of the messages, 0..1.</param>
    public Task<SwitchAnswer> SetConditionsAsync(
        double? loss, TimeSpan? latencyMin, TimeSpan? latencyMax, CancellationToken cancellation = default)
    {
        var changes = new (string Name, string? Value)[]
        {
            ("loss", loss?.ToString(CultureInfo.InvariantCulture)),
            ("latencyMin", latencyMin is { } min ? Durations.Format(min) : null),
            ("latencyMax", latencyMax is { } max ? Durations.Format(max) : null),
        };
        var query = string.Join('&', changes.Where(change => change.Value is not null)
            .Select(change => $"{change.Name}={change.Value}"));
        return PostAsync($"{ControlRoutes.Conditions}?{query}", NodeJson.Default.SwitchAnswer, cancellation);
    }

    /// <param name="perSecond">Transactions that it makes by itself; 0: those of its plan.</param>
    /// <param name="time">How long; null: until told otherwise.</param>
    public Task<SwitchAnswer> SetLoadAsync(
        double perSecond, TimeSpan? time, CancellationToken cancellation = default)
    {
        var limit = time is { } length ? $"&for={Durations.Format(length)}" : "";
        return PostAsync(
            $"{ControlRoutes.Load}?tx={perSecond.ToString(CultureInfo.InvariantCulture)}{limit}",
            NodeJson.Default.SwitchAnswer,
            cancellation);
    }

    private Task<SwitchAnswer> SwitchAsync(string route, bool value, CancellationToken cancellation) =>
        PostAsync(value ? $"{route}?value=true" : $"{route}?value=false", NodeJson.Default.SwitchAnswer, cancellation);

    private Task<T> PostAsync<T>(
        string route, JsonTypeInfo<T> type, CancellationToken cancellation, TransactionRequest? body = null) =>
        InTimeAsync(SendAsync(route, type, body, cancellation), cancellation);

    private async Task<T> SendAsync<T>(
        string route, JsonTypeInfo<T> type, TransactionRequest? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, ControlRoutes.Root + route));
        request.Headers.Add(ControlRoutes.KeyHeader, controlKey);
        request.Content = body is null ? null : JsonContent.Create(body, NodeJson.Default.TransactionRequest);
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
                return "The node has no such command, or was started without a control key.";
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
