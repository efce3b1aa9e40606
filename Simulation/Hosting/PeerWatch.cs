using Blockchain.Shared;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Evidence;

namespace Blockchain.Simulation.Hosting;

/// <summary>
/// Sees what happens in a peer over all its lives, and reads off it what a node tells of itself: the same figures under
/// the same names.
/// </summary>
/// <param name="next">Who hears of everything too; null: nobody.</param>
internal sealed class PeerWatch(List<PeerEvent> history, ISimulatedPeerObserver? next) : ISimulatedPeerObserver
{
    private readonly List<MetricSample> _distributions = [];
    private readonly Dictionary<Hash256, KnownBlock> _blocks = [];
    private TimeSpan _started;
    private PeerId _self;
    private long _tipChanges;

    public bool WantsMessages => next?.WantsMessages ?? false;

    public void Happened(PeerEvent what)
    {
        switch (what)
        {
            case MessageTraced:
                next?.Happened(what);
                return;
            case PeerUp up:
                // Another life, and with it another process would begin to count.
                (_started, _self, _tipChanges) = (up.Started, up.Peer, 0);
                _distributions.Clear();
                _blocks.Clear();
                break;
            case BlockAccepted block:
                _blocks.TryAdd(
                    block.Block, new KnownBlock(block.Block, block.Maker, block.Made, block.Time));
                break;
            case TipChanged:
                _tipChanges++;
                break;
            case ChainReorganised change:
                _distributions.Add(new MetricSample(Metric.Reorganisation, [], change.Depth));
                break;
            case RoundTripMeasured measured:
                _distributions.Add(new MetricSample(Metric.RoundTrip, [], measured.RoundTrip.TotalSeconds));
                break;
        }

        history.Add(what);
        next?.Happened(what);
    }

    public void TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        if (via != _self && transaction.Timestamp >= _started.TotalSeconds
            && transaction.Timestamp <= now.TotalSeconds)
        {
            _distributions.Add(new MetricSample(
                Metric.TransactionPropagation, [], now.TotalSeconds - transaction.Timestamp));
        }

        next?.TransactionAccepted(now, transaction, via);
    }

    public void Sent(TimeSpan now, PeerId nextHop, Message message) => next?.Sent(now, nextHop, message);

    public void Received(TimeSpan now, PeerId via, Message message) => next?.Received(now, via, message);

    public void Unwrapped(TimeSpan now, PeerId via, Relay relay) => next?.Unwrapped(now, via, relay);

    public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
        next?.Dropped(now, type, reason, peer);

    public void Redundant(TimeSpan now, MessageType type, PeerId via) => next?.Redundant(now, type, via);

    public void Relayed(TimeSpan now, Relay relay, PeerId via) => next?.Relayed(now, relay, via);

    public PeerReading Read(SimulatedPeer peer, Need needs)
    {
        var core = peer.Core;
        var chain = core.Ledger.Chain;
        var reading = new PeerReading(peer.Id, chain.Height, chain.Tip?.Id)
        {
            Summary = peer.ToString().Split(' ', 2)[1],
            HasTransaction = id => core.Ledger.Pool.Contains(id) || chain.ContainsTransaction(id),
        };
        if (needs.HasFlag(Need.Blocks))
        {
            reading = reading with { Blocks = _blocks };
        }

        if (needs.HasFlag(Need.Neighbours))
        {
            reading = reading with
            {
                Banned = core.Table.All.Where(other => other.IsBanned).Select(other => other.Id).ToHashSet(),
                Known = core.Table.All.ToDictionary(other => other.Id, other => other.Status == PeerStatus.Alive),
            };
        }

        return needs.HasFlag(Need.Metrics) ? reading with { Metrics = [.. Metrics(peer), .. _distributions] } : reading;
    }

    private IEnumerable<MetricSample> Metrics(SimulatedPeer peer)
    {
        var (core, counters) = (peer.Core, peer.Counters);
        foreach (var type in Enum.GetValues<MessageType>())
        {
            string[] tags = [type.Name()];
            yield return new("blockchain.messages.sent", tags, counters.Sent(type));
            yield return new(Metric.Received, tags, counters.Received(type));
            yield return new(Metric.Redundant, tags, counters.Redundant(type));
        }

        foreach (var (type, reason, count) in counters.Drops())
        {
            yield return new(Metric.Dropped, [type.Name(), reason.ToString()], count);
        }

        foreach (var priority in Enum.GetValues<MessagePriority>())
        {
            yield return new(
                "blockchain.queue.depth", [priority.ToString().ToUpperInvariant()], core.Waiting(priority));
        }

        foreach (var status in Enum.GetValues<PeerStatus>())
        {
            yield return new(
                "blockchain.peers",
                [status.ToString().ToUpperInvariant()],
                core.Table.All.Count(other => other.Status == status));
        }

        yield return new("blockchain.messages.relayed", [], counters.Relayed);
        yield return new("blockchain.transactions.accepted", [], counters.TransactionsAccepted);
        yield return new("blockchain.chain.tip_changes", [], _tipChanges);
        yield return new("blockchain.chain.height", [], core.Ledger.Chain.Height);
        yield return new("blockchain.chain.orphans", [], core.Ledger.Chain.Orphans.Count);
        yield return new("blockchain.pool.size", [], core.Ledger.Pool.Count);
        yield return new("blockchain.send.capacity", [], core.Capacity);
        yield return new("blockchain.peers.banned", [], core.Table.All.Count(other => other.IsBanned));
    }
}
