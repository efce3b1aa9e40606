using System.Text.Json;
using Blockchain.NodeApi;
using Blockchain.Shared;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Evidence;

namespace Blockchain.Launching.Nodes;

/// <summary>Asks a node about itself by its HTTP API.</summary>
internal static class NodeReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null if it does not answer.</summary>
    public static Task<PeerReading?> ReadAsync(ITrialNode node, Need needs, CancellationToken stop) =>
        node.Client.TryAsync((client, token) => ReadAsync(node, client, needs, token), Patience, stop);

    private static async Task<PeerReading> ReadAsync(
        ITrialNode node, NodeClient client, Need needs, CancellationToken stop)
    {
        var status = await client.StatusAsync(stop);
        var reading = new PeerReading(node.Plan.Id, status.Height, status.Tip is { } tip ? IdOf(tip) : null)
        {
            Summary = Summary(status),
        };
        if (needs.HasFlag(Need.Blocks))
        {
            reading = reading with { Blocks = await BlocksAsync(client, stop) };
        }

        if (needs.HasFlag(Need.Transactions))
        {
            var transactions = await TransactionsAsync(client, stop);
            reading = reading with { HasTransaction = transactions.Contains };
        }

        if (needs.HasFlag(Need.Neighbours))
        {
            var banned = await client.BlacklistAsync(stop);
            var known = await client.PeersAsync(stop);
            reading = reading with
            {
                Banned = banned.Select(id => new PeerId(id)).ToHashSet(),
                Known = known.ToDictionary(peer => new PeerId(peer.PeerId), peer => peer.Status == "ALIVE"),
            };
        }

        return needs.HasFlag(Need.Metrics)
            ? reading with { Metrics = NodeMetrics.Read(await client.MetricsAsync(stop)) }
            : reading;
    }

    private static string Summary(NodeStatus status) =>
        $"up height {status.Height} tip {status.Tip?[..8] ?? "none"} orphans {status.Orphans} pool {status.Pool} "
        + $"alive {status.PeersAlive}/{status.PeersKnown} banned {status.Banned}"
        + (status.Paused ? " paused" : "") + (status.Generating ? "" : " resting");

    private static async Task<Dictionary<Hash256, KnownBlock>> BlocksAsync(NodeClient client, CancellationToken stop) =>
        (await client.ArrivalsAsync(stop)).ToDictionary(
            block => IdOf(block.BlockId),
            block => new KnownBlock(
                IdOf(block.BlockId),
                new PeerId(block.Sender),
                TimeSpan.FromSeconds(block.Timestamp),
                TimeSpan.FromSeconds(block.Accepted)));

    /// <summary>Those of the pool and of the chain; a light peer has none.</summary>
    private static async Task<HashSet<Hash256>> TransactionsAsync(NodeClient client, CancellationToken stop)
    {
        const string Id = "tx_id";
        const string Transactions = "transactions";
        var ids = new HashSet<Hash256>();

        // The pool first: what moves from it to the chain meanwhile is found there.
        foreach (var transaction in (await client.GetAsync(NodeRoutes.Transactions, stop)).EnumerateArray())
        {
            ids.Add(IdOf(transaction.GetProperty(Id).GetString()!));
        }

        foreach (var block in (await client.GetAsync(NodeRoutes.Blocks, stop)).EnumerateArray())
        {
            if (block.TryGetProperty(Transactions, out var all) && all.ValueKind == JsonValueKind.Array)
            {
                ids.UnionWith(all.EnumerateArray().Select(one => IdOf(one.GetProperty(Id).GetString()!)));
            }
        }

        return ids;
    }

    /// <exception cref="HttpRequestException">It is none: the node answers something else than expected.</exception>
    internal static Hash256 IdOf(string text) => Hash256.TryParse(text, out var id)
        ? id
        : throw new HttpRequestException($"It answers something else than expected: \"{text}\" is not an id.");
}
