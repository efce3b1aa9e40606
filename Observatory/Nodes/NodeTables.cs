using System.Globalization;
using System.Text.Json;
using Blockchain.NodeApi;

namespace Blockchain.Observatory.Nodes;

/// <summary>Makes tables of the answers of a node; docs/http-api.md has their shapes.</summary>
internal static class NodeTables
{
    /// <summary>More rows nobody reads.</summary>
    public const int MaxRows = 50;

    /// <summary>What to ask a node for, each below its address.</summary>
    public static string[] PathsOf(TableKind kind) => kind switch
    {
        TableKind.Chain => [NodeRoutes.Blocks],
        TableKind.Pool => [NodeRoutes.Transactions],
        TableKind.Peers => [NodeRoutes.Peers, NodeRoutes.Latency],
        TableKind.Queue => [NodeRoutes.Queue],
        TableKind.Drops => [NodeRoutes.DropsByReason],
        _ => [NodeRoutes.Blacklist, NodeRoutes.Offences],
    };

    /// <param name="answers">To <see cref="PathsOf"/>, in that order.</param>
    /// <exception cref="InvalidOperationException">They have other shapes.</exception>
    /// <exception cref="KeyNotFoundException">They have other shapes.</exception>
    public static NodeTable Of(TableKind kind, IReadOnlyList<JsonElement> answers) => kind switch
    {
        TableKind.Chain => Chain(answers[0]),
        TableKind.Pool => Pool(answers[0]),
        TableKind.Peers => Peers(answers[0], answers[1]),
        TableKind.Queue => Queue(answers[0]),
        TableKind.Drops => Drops(answers[0]),
        _ => Blacklist(answers[0], answers[1]),
    };

    private static NodeTable Chain(JsonElement blocks)
    {
        var height = blocks.GetArrayLength();
        return Limited(
            ["Height", "Block", "Maker", "Made", "Tx"],
            blocks.EnumerateArray().Select((block, index) => (block, index)).Reverse().Select(item => (string[])
            [
                Number(item.index + 1),
                Short(item.block.GetProperty("block_id")),
                item.block.GetProperty("sender").GetString()!,
                Clock(item.block.GetProperty("timestamp").GetDouble()),
                item.block.TryGetProperty("transactions", out var inside) ? Number(inside.GetArrayLength()) : "header",
            ]),
            height,
            "block");
    }

    private static NodeTable Pool(JsonElement pool) => Limited(
        ["Transaction", "From", "To", "Amount", "Made"],
        pool.EnumerateArray().Reverse().Select(tx => (string[])
        [
            Short(tx.GetProperty("tx_id")),
            Text(tx.GetProperty("from")),
            Text(tx.GetProperty("to")),
            Text(tx.GetProperty("amount")),
            Clock(tx.GetProperty("timestamp").GetDouble()),
        ]),
        pool.GetArrayLength(),
        "transaction");

    private static NodeTable Peers(JsonElement peers, JsonElement latency) => Limited(
        ["Peer", "Status", "Kind", "Round trip"],
        peers.EnumerateArray().Select(peer => (string[])
        [
            Text(peer.GetProperty("peer_id")),
            Text(peer.GetProperty("status")),
            (peer.GetProperty("light").GetBoolean() ? "light" : "full")
                + (peer.GetProperty("nat").GetBoolean() ? ", NATed" : ""),
            latency.TryGetProperty(peer.GetProperty("peer_id").GetString()!, out var seconds)
                && seconds.ValueKind == JsonValueKind.Number
                ? Milliseconds(seconds.GetDouble())
                : "–",
        ]),
        peers.GetArrayLength(),
        "peer",
        limit: int.MaxValue);

    private static NodeTable Queue(JsonElement queue)
    {
        var waiting = queue.EnumerateObject()
            .Select(target => (target.Name, Counts: target.Value.EnumerateObject()
                .ToDictionary(priority => priority.Name, priority => priority.Value.GetArrayLength())))
            .Where(target => target.Counts.Values.Sum() > 0)
            .ToArray();
        return Limited(
            ["For", "High", "Medium", "Low"],
            waiting.OrderByDescending(target => target.Counts.Values.Sum()).Select(target => (string[])
            [
                target.Name,
                .. ((string[])["HIGH", "MEDIUM", "LOW"])
                    .Select(priority => Number(target.Counts.GetValueOrDefault(priority))),
            ]),
            waiting.Sum(target => target.Counts.Values.Sum()),
            "waiting message");
    }

    private static NodeTable Drops(JsonElement drops)
    {
        var counts = drops.EnumerateObject()
            .SelectMany(type => type.Value.EnumerateObject()
                .Select(reason => (Type: type.Name, Reason: reason.Name, Count: reason.Value.GetInt64())))
            .OrderByDescending(drop => drop.Count)
            .ToArray();
        return Limited(
            ["Type", "Reason", "Messages"],
            counts.Select(drop => (string[])[drop.Type, drop.Reason, Number(drop.Count)]),
            counts.Sum(drop => drop.Count),
            "dropped message");
    }

    private static NodeTable Blacklist(JsonElement blacklist, JsonElement offences)
    {
        var banned = blacklist.EnumerateArray().Select(Text).ToHashSet(StringComparer.Ordinal);
        return Limited(
            ["Peer", "Offences", "Banned"],
            offences.EnumerateObject()
                .Where(peer => peer.Value.GetInt32() > 0 || banned.Contains(peer.Name))
                .OrderByDescending(peer => peer.Value.GetInt32())
                .Select(peer => (string[])[peer.Name, Text(peer.Value), banned.Contains(peer.Name) ? "yes" : "no"]),
            banned.Count,
            "banned peer");
    }

    private static NodeTable Limited(
        string[] columns, IEnumerable<string[]> rows, long count, string noun, int limit = MaxRows)
    {
        var shown = rows.Take(limit).ToArray();
        var plural = count == 1 ? noun : noun + "s";
        var note = count == 0 ? $"No {noun}s." : $"{Number(count)} {plural}";
        return new NodeTable(columns, shown, shown.Length == limit ? $"{note}, the first {limit} here" : note);
    }

    private static string Text(JsonElement value) => value.ToString();

    private static string Short(JsonElement id) => id.GetString() is { } text ? text[..Math.Min(8, text.Length)] : "";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double seconds) =>
        (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Makers may claim any time.</summary>
    private static string Clock(double unixSeconds) =>
        unixSeconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(unixSeconds).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : "?";
}
