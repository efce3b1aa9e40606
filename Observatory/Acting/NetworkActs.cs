using System.Globalization;
using Blockchain.NodeApi;
using Blockchain.Observatory.Following;
using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Acting;

/// <summary>
/// What a person can do to the network. Whatever at least one peer did is marked on the time lines by a
/// <see cref="Remark"/>.
/// </summary>
public sealed class NetworkActs(NodeClients clients, ObservatoryOptions options, LiveNetwork live)
{
    /// <summary>Null: it may be used; otherwise why it may not.</summary>
    public string? OffBecause { get; } = string.IsNullOrEmpty(options.Key)
        ? $"The Observatory was started without the control key of the nodes ({ObservatoryOptions.Section}:Key). It "
            + "can only look."
        : null;

    /// <summary>Several that mine at once make a fork.</summary>
    public Task<ActResult> MineAsync(IReadOnlyList<PeerId> peers, CancellationToken cancellation = default) =>
        TellAsync(peers, "mine a block", node => node.MineAsync(cancellation));

    /// <param name="amount">Above 0.</param>
    public Task<ActResult> SendAsync(
        IReadOnlyList<PeerId> from, PeerId to, long amount, CancellationToken cancellation = default) => TellAsync(
            from,
            $"send {amount} to {to}",
            node => node.PayAsync(new Pay(to, amount), cancellation));

    public Task<ActResult> SetMaliciousAsync(
        IReadOnlyList<PeerId> peers, bool value, CancellationToken cancellation = default) => TellAsync(
            peers, value ? "turned malicious" : "turned honest", node => node.TellAsync(
                new SetMalicious(value), cancellation));

    public Task<ActResult> SetPausedAsync(
        IReadOnlyList<PeerId> peers, bool value, CancellationToken cancellation = default) =>
        TellAsync(peers, value ? "paused" : "resumed", node => node.TellAsync(new SetPaused(value), cancellation));

    /// <summary>Cuts all members of a network off from the others, or connects them again.</summary>
    /// <param name="networkId">A <c>localnetworkid</c>; <see cref="PeerInfo.NoNetwork"/>: the public network.</param>
    public Task<ActResult> SetCutOffAsync(int networkId, bool value, CancellationToken cancellation = default)
    {
        var members = live.Current.Peers.Where(peer => peer.NetworkId == networkId && peer.IsUp);
        return TellAsync(
            [.. members.Select(peer => peer.Id)],
            value ? "cut off" : "connected again",
            node => node.TellAsync(new SetCutOff(value), cancellation),
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
        var text = string.Join(", ", ((string?[])
        [
            loss is { } share ? $"loss {share.ToString("0.#%", CultureInfo.InvariantCulture)}" : null,
            latencyMin is null && latencyMax is null ? null : $"latency {Bound(latencyMin)} to {Bound(latencyMax)}",
        ]).OfType<string>());
        return TellAsync(
            peers, text, node => node.TellAsync(new SetConditions(loss, latencyMin, latencyMax), cancellation));
    }

    /// <param name="perSecond">Transactions that each of them makes a second; 0: those of its plan.</param>
    /// <param name="time">How long; null: until told otherwise.</param>
    public Task<ActResult> SetLoadAsync(
        IReadOnlyList<PeerId> peers, double perSecond, TimeSpan? time, CancellationToken cancellation = default)
    {
        var limit = time is { } length ? $" for {Durations.Format(length)}" : "";
        return TellAsync(
            peers,
            perSecond > 0 ? $"load {perSecond.ToString(CultureInfo.InvariantCulture)} tx/s{limit}" : "load as planned",
            node => node.TellAsync(new SetLoad(perSecond, time ?? TimeSpan.Zero), cancellation));
    }

    public static string NameOf(int networkId) =>
        networkId == PeerInfo.NoNetwork ? "the public network" : $"network {networkId}";

    private static string Bound(TimeSpan? latency) => latency is { } value ? Durations.Format(value) : "as it is";

    private async Task<ActResult> TellAsync(
        IReadOnlyList<PeerId> peers, string what, Func<NodeClient, Task> command, string? whom = null)
    {
        var problems = (await Task.WhenAll(peers.Select(peer => TryTellAsync(peer, command))))
            .OfType<string>().ToArray();
        var done = peers.Count - problems.Length;
        whom ??= peers is [var one] ? one.Value
            : problems.Length == 0 ? $"{done} peers" : $"{done} of {peers.Count} peers";
        var text = $"{whom}: {what}";
        if (done > 0)
        {
            live.Add(new Remark(live.Now, peers is [var only] ? only : Remark.Everybody, text));
        }

        return new ActResult(text, done, problems);
    }

    /// <returns>Why it did not; null: it did.</returns>
    private async Task<string?> TryTellAsync(PeerId peer, Func<NodeClient, Task> command)
    {
        try
        {
            await command(clients.ForApi(peer, options.Key));
            return null;
        }
        catch (HttpRequestException problem)
        {
            return $"{peer}: {problem.Message}";
        }
    }
}
