using System.Text.Json;
using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Blockchain.PeerNode.Telemetry;
using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Api;

/// <summary>
/// The node's state as JSON. References are copied on the event loop; the answer is made of them outside, so that a
/// long
/// chain does not hold the loop up.
/// </summary>
internal static class StateApi
{
    public static void MapStateApi(this IEndpointRouteBuilder app)
    {
        MapLedger(app);
        MapNetwork(app);
        MapTraffic(app);
    }

    private static void MapLedger(IEndpointRouteBuilder app)
    {
        app.MapGet(NodeRoutes.Transactions, Transactions).Produces<TransactionEntry[]>()
            .WithSummary("The pool, oldest first.");
        app.MapGet(NodeRoutes.Blocks, Blocks).Produces<BlockEntry[]>()
            .WithSummary("The chain from its first block to its tip; on a light peer its headers.");
        app.MapGet(NodeRoutes.Orphans, Orphans).Produces<BlockEntry[]>().WithSummary("Blocks whose parent is missing.");
        app.MapGet("/orphan", Orphans).Produces<BlockEntry[]>().WithSummary("The same as /orphans.");
        app.MapGet(NodeRoutes.Arrivals, Arrivals)
            .WithSummary("Every block of the tree and when this node accepted it.");
        app.MapGet(NodeRoutes.Status, Status).WithSummary("The node in short.");
    }

    private static void MapNetwork(IEndpointRouteBuilder app)
    {
        app.MapGet(NodeRoutes.Peers, (EventLoop loop, CancellationToken stop) => loop.Ask(
                peer => peer.Table.All.Select(Entry).ToArray(), stop))
            .WithSummary("The peers that it knows, with their status.");
        app.MapGet(NodeRoutes.Latency, (EventLoop loop, CancellationToken stop) => loop.Ask(
                peer => peer.Table.All.ToDictionary(
                    other => other.Id.Value, other => other.RoundTripTime?.TotalSeconds),
                stop))
            .WithSummary("Smoothed round-trip time to each peer in seconds; null while unknown.");
        app.MapGet(NodeRoutes.Blacklist, (EventLoop loop, CancellationToken stop) => loop.Ask(
                peer => peer.Table.All.Where(other => other.IsBanned).Select(other => other.Id.Value).ToArray(), stop))
            .WithSummary("The banned peers.");
        app.MapGet(NodeRoutes.Offences, (EventLoop loop, CancellationToken stop) => loop.Ask(
                peer => peer.Table.All.ToDictionary(other => other.Id.Value, other => other.Offences), stop))
            .WithSummary("Bad blocks and transactions that each peer delivered itself.");
        app.MapGet(NodeRoutes.KnownPeers, async (EventLoop loop, CancellationToken stop) =>
                new KnownPeersAnswer(await loop.Ask(KnownPeers, stop)))
            .Produces<Dictionary<string, JsonElement[]>>().WithSummary("{id: [ip, port]}");
        app.MapGet(NodeRoutes.PeerFlags, async (EventLoop loop, CancellationToken stop) =>
                (await loop.Ask(KnownPeers, stop)).ToDictionary(
                    peer => peer.Id.Value, peer => new PeerFlags(peer.Nat, peer.Light)))
            .WithSummary("{id: {nat, light}}");
        app.MapGet(NodeRoutes.Reachable, Reachable).WithSummary("{id: [ids that it can open a connection to]}");
        app.MapGet(NodeRoutes.PeerConfig, (NodeOptions options) => options.Network.Peers.ToDictionary(
                peer => peer.Id.Value, Config))
            .WithSummary("The entries of the file.");
    }

    private static void MapTraffic(IEndpointRouteBuilder app)
    {
        app.MapGet(NodeRoutes.Capacity, (EventLoop loop, CancellationToken stop) =>
                loop.Ask(peer => peer.Capacity, stop))
            .WithSummary("Messages per second that the peer may send now; 0: no limit.");
        app.MapGet(NodeRoutes.Queue, (EventLoop loop, CancellationToken stop) => loop.Ask(QueueAnswer.Of, stop))
            .Produces<Dictionary<string, Dictionary<string, JsonElement[]>>>()
            .WithSummary("{id: {HIGH: [...], MEDIUM: [...], LOW: [...]}}");
        app.MapGet(NodeRoutes.Redundancy, (NodeStatistics statistics) => Redundancy(statistics))
            .WithSummary("Messages that told nothing new.");
        app.MapGet(NodeRoutes.Drops, Drops).Produces<Dictionary<string, long>>()
            .WithSummary("{TYPE: n}; with ?by=reason {TYPE: {reason: n}}");
    }

    private static KnownPeer Entry(RemotePeer peer) => new(
        peer.Id.Value, peer.Info.Ip, peer.Info.Port, StatusNames.Of(peer.Status), peer.Info.Nat, peer.Info.Light);

    private static PeerConfig Config(PeerPlan peer) => new(
        peer.Info.Ip, peer.Info.Port, peer.Settings.Fanout, peer.Info.Nat, peer.Info.Light, peer.Info.NetworkId,
        peer.Malicious);

    private static HeaderEntry Header(BlockHeader header) => new(
        header.Sender.Value, header.Timestamp, header.Id.ToString(), ParentOf(header));

    private static string ParentOf(BlockHeader header) =>
        header.PreviousId.IsGenesis ? "GENESIS" : header.PreviousId.ToString();

    private static PeerInfo[] KnownPeers(Peer peer) => [.. peer.Table.All.Select(other => other.Info)];

    private static async Task<IResult> Transactions(EventLoop loop, CancellationToken stop)
    {
        var pool = await loop.Ask(peer => peer.Ledger.Pool.ToArray(), stop);
        return new RawJsonArray(pool.Select(transaction => transaction.Json));
    }

    private static async Task<IResult> Blocks(EventLoop loop, NodeOptions options, CancellationToken stop)
    {
        var nodes = await loop.Ask(peer => peer.Ledger.Chain.Nodes.ToArray(), stop);
        return options.Plan.Info.Light
            ? Results.Ok(nodes.Select(node => Header(node.Header)).ToArray())
            : new RawJsonArray(nodes.Select(node => node.Block!.Json));
    }

    private static async Task<IResult> Orphans(EventLoop loop, NodeOptions options, CancellationToken stop)
    {
        var orphans = await loop.Ask(peer => peer.Ledger.Chain.Orphans.ToArray(), stop);
        return options.Plan.Info.Light
            ? Results.Ok(orphans.Select(orphan => Header(orphan.Header)).ToArray())
            : new RawJsonArray(orphans.Select(orphan => orphan.Block!.Json));
    }

    private static async Task<Arrival[]> Arrivals(
        EventLoop loop, NodeStatistics statistics, CancellationToken stop)
    {
        var (arrivals, chain) = await loop.Ask(
            peer => (statistics.Arrivals.ToArray(), peer.Ledger.Chain.Nodes.ToArray()), stop);
        return Array.ConvertAll(arrivals, node => new Arrival(
            node.Id.ToString(),
            node.Header.Sender.Value,
            node.Header.Timestamp,
            node.AcceptedAt.TotalSeconds,
            node.Height,
            node.Height <= chain.Length && chain[node.Height - 1] == node));
    }

    private static Task<NodeStatus> Status(EventLoop loop, NodeStatistics statistics, CancellationToken stop) =>
        loop.Ask(
            (peer, now) => new NodeStatus(
                peer.Info.Id.Value,
                peer.Info.Light ? "light" : "full",
                peer.IsMalicious,
                peer.IsGenerating,
                peer.IsPaused,
                peer.Ledger.Chain.Height,
                peer.Ledger.Chain.Tip?.Id.ToString(),
                peer.Ledger.Pool.Count,
                peer.Ledger.Chain.Orphans.Count,
                peer.Table.All.Count(other => other.Status == PeerStatus.Alive),
                peer.Table.All.Count,
                peer.Table.All.Count(other => other.IsBanned),
                (now - loop.Clock.StartedAt).TotalSeconds,
                Enum.GetValues<MessageType>().Sum(statistics.Counters.Sent),
                Enum.GetValues<MessageType>().Sum(statistics.Counters.Received),
                loop.Storage is { } storage ? new StorageStatus(storage.Path, storage.Blocks, storage.Problem) : null,
                peer.Behaviour),
            stop);

    private static async Task<Dictionary<string, string[]>> Reachable(EventLoop loop, CancellationToken stop)
    {
        var peers = await loop.Ask(peer => KnownPeers(peer).Append(peer.Info).ToArray(), stop);
        return peers.ToDictionary(
            from => from.Id.Value,
            from => peers.Where(to => NetworkPlan.CanReach(from, to)).Select(to => to.Id.Value).ToArray());
    }

    private static RedundantMessages Redundancy(NodeStatistics statistics)
    {
        var byType = Enum.GetValues<MessageType>()
            .Select(type => (Name: type.Name(), Count: statistics.Counters.Redundant(type)))
            .Where(entry => entry.Count > 0)
            .ToDictionary(entry => entry.Name, entry => entry.Count);
        return new RedundantMessages(byType.Values.Sum(), byType);
    }

    private static IResult Drops(NodeStatistics statistics, string? by)
    {
        var byType = statistics.Counters.Drops().GroupBy(drop => drop.Type.Name());
        return by switch
        {
            null or "type" => Results.Ok(byType.ToDictionary(
                type => type.Key, type => type.Sum(drop => drop.Count))),
            "reason" => Results.Ok(byType.ToDictionary(
                type => type.Key, type => type.ToDictionary(drop => drop.Reason.ToString(), drop => drop.Count))),
            _ => Results.BadRequest(new ErrorAnswer("by must be type or reason")),
        };
    }
}
