using System.Globalization;
using Blockchain.Observatory.State;
using Blockchain.Shared;
using Blockchain.Shared.Observation;
using Blockchain.Shared.Topology;

namespace Blockchain.Observatory.Acting;

/// <summary>
/// What a person can do to the network. Whatever at least one peer did is marked on the time lines by a
/// <see cref="Remark"/>.
/// </summary>
public sealed class NetworkActs(NodeControl control, LiveNetwork live)
{
    public string? OffBecause => control.OffBecause;

    /// <summary>Several that mine at once make a fork.</summary>
    public Task<ActResult> MineAsync(IReadOnlyList<PeerId> peers, CancellationToken cancellation = default) =>
        TellAsync(peers, "mine a block", "mine", null, cancellation);

    /// <param name="amount">Above 0.</param>
    public Task<ActResult> SendAsync(
        IReadOnlyList<PeerId> from, PeerId to, long amount, CancellationToken cancellation = default) =>
        TellAsync(from, $"send {amount} to {to}", "transaction", new { to = to.Value, amount }, cancellation);

    public Task<ActResult> SetMaliciousAsync(
        IReadOnlyList<PeerId> peers, bool value, CancellationToken cancellation = default) =>
        TellAsync(peers, value ? "turned malicious" : "turned honest", Switch("malicious", value), null, cancellation);

    public Task<ActResult> SetPausedAsync(
        IReadOnlyList<PeerId> peers, bool value, CancellationToken cancellation = default) =>
        TellAsync(peers, value ? "paused" : "resumed", Switch("pause", value), null, cancellation);

    /// <summary>Cuts all members of a network off from the others, or connects them again.</summary>
    /// <param name="networkId">A <c>localnetworkid</c>; <see cref="PeerInfo.NoNetwork"/>: the public network.</param>
    public Task<ActResult> SetCutOffAsync(int networkId, bool value, CancellationToken cancellation = default)
    {
        var members = live.Current.Peers.Where(peer => peer.NetworkId == networkId && peer.IsUp);
        return TellAsync(
            [.. members.Select(peer => peer.Id)],
            value ? "cut off" : "connected again",
            Switch("cut-off", value),
            null,
            cancellation,
            NameOf(networkId));
    }

    /// <param name="loss">Share of the messages, 0..1; null: as it is. So are the others.</param>
    public Task<ActResult> SetConditionsAsync(
        IReadOnlyList<PeerId> peers,
        double? loss,
        TimeSpan? latencyMin,
        TimeSpan? latencyMax,
        CancellationToken cancellation = default)
    {
        var changes = new (string Name, string? Value)[]
        {
            ("loss", loss?.ToString(CultureInfo.InvariantCulture)),
            ("latencyMin", Milliseconds(latencyMin)),
            ("latencyMax", Milliseconds(latencyMax)),
        };
        var query = string.Join('&', changes.Where(change => change.Value is not null)
            .Select(change => $"{change.Name}={change.Value}"));
        var text = string.Join(", ", ((string?[])
        [
            loss is { } share ? $"loss {share.ToString("0.#%", CultureInfo.InvariantCulture)}" : null,
            latencyMin is null && latencyMax is null
                ? null
                : $"latency {Milliseconds(latencyMin) ?? "as it is"} to {Milliseconds(latencyMax) ?? "as it is"}",
        ]).OfType<string>());
        return TellAsync(peers, text, $"conditions?{query}", null, cancellation);
    }

    /// <param name="perSecond">Transactions that each of them makes a second; 0: those of its plan.</param>
    /// <param name="time">How long; null: until told otherwise.</param>
    public Task<ActResult> SetLoadAsync(
        IReadOnlyList<PeerId> peers, double perSecond, TimeSpan? time, CancellationToken cancellation = default)
    {
        var rate = perSecond.ToString(CultureInfo.InvariantCulture);
        var length = time is { } limit ? Durations.Format(limit) : null;
        return TellAsync(
            peers,
            perSecond > 0 ? $"load {rate} tx/s{(length is null ? "" : $" for {length}")}" : "load as planned",
            $"load?tx={rate}{(length is null ? "" : $"&for={length}")}",
            null,
            cancellation);
    }

    public static string NameOf(int networkId) =>
        networkId == PeerInfo.NoNetwork ? "the public network" : $"network {networkId}";

    private static string Switch(string name, bool value) => value ? $"{name}?value=true" : $"{name}?value=false";

    private static string? Milliseconds(TimeSpan? time) =>
        time is { } value ? $"{value.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)}ms" : null;

    private async Task<ActResult> TellAsync(
        IReadOnlyList<PeerId> peers,
        string what,
        string path,
        object? body,
        CancellationToken cancellation,
        string? whom = null)
    {
        var problems = (await Task.WhenAll(peers.Select(peer => TryTellAsync(peer, path, body, cancellation)))
                .ConfigureAwait(false))
            .OfType<string>().ToArray();
        var done = peers.Count - problems.Length;
        whom ??= peers is [var one] ? one.Value
            : problems.Length == 0 ? $"{done} peers" : $"{done} of {peers.Count} peers";
        var text = $"{whom}: {what}";
        if (done > 0)
            live.Add(new Remark(live.Now, peers is [var only] ? only : Remark.Everybody, text));
        return new ActResult(text, done, problems);
    }

    /// <returns>Why it did not; null: it did.</returns>
    private async Task<string?> TryTellAsync(PeerId peer, string path, object? body, CancellationToken cancellation)
    {
        try
        {
            await control.PostAsync(peer, path, body, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (HttpRequestException problem)
        {
            return $"{peer}: {problem.Message}";
        }
    }
}
