using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// Counts what happens in the peer, and hands it on to traces and log. Written by the event loop alone; the numbers may
/// be read by anybody at any time, each for itself right.
/// </summary>
internal sealed class NodeStatistics : IPeerEvents
{
    private static readonly int Types = Enum.GetValues<MessageType>().Length;
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    /// <summary>Transactions whose propagation is measured: to read a timestamp costs more than to accept.</summary>
    private const int MeasuredPerSecond = 100;

    private readonly PeerId _self;
    private readonly PeerMetrics _metrics;
    private readonly PeerTraces _traces;
    private readonly PeerLog _log;
    private readonly double _startedAt;
    private readonly long[] _sent = new long[Types];
    private readonly long[] _received = new long[Types];
    private readonly long[] _redundant = new long[Types];
    private readonly long[] _dropped = new long[Types * Reasons];
    private readonly int[] _peersByStatus = new int[Enum.GetValues<PeerStatus>().Length];
    private readonly int[] _waiting = new int[MessagePriorities.Count];
    private readonly List<ChainNode> _arrivals = [];
    private RateBound _measured = new(MeasuredPerSecond);
    private long _relayed;
    private long _tipChanges;
    private long _transactionsAccepted;
    private bool _peersChanged = true;
    private int _peersCounted;

    public NodeStatistics(
        NodeOptions options, PeerMetrics metrics, PeerTraces traces, PeerLog log, Traffic traffic, LoopClock clock)
    {
        _self = options.Plan.Id;
        _metrics = metrics;
        _traces = traces;
        _log = log;
        _startedAt = clock.StartedAt.TotalSeconds;
        metrics.Observe(this, traffic);
    }

    public long Relayed => Volatile.Read(ref _relayed);

    public long TipChanges => Volatile.Read(ref _tipChanges);

    public long TransactionsAccepted => Volatile.Read(ref _transactionsAccepted);

    public long Sent => _sent.Sum();

    public long Received => _received.Sum();

    public int Height { get; private set; }

    public int Orphans { get; private set; }

    public int PoolSize { get; private set; }

    public int Banned { get; private set; }

    /// <summary>Messages per second; zero: no limit.</summary>
    public double Capacity { get; private set; }

    /// <summary>Every block or header of the tree, in the order of acceptance. For the event loop only.</summary>
    public IReadOnlyList<ChainNode> Arrivals => _arrivals;

    public long SentOf(MessageType type) => Volatile.Read(ref _sent[(int)type]);

    public long ReceivedOf(MessageType type) => Volatile.Read(ref _received[(int)type]);

    public long RedundantOf(MessageType type) => Volatile.Read(ref _redundant[(int)type]);

    public int WaitingOf(MessagePriority priority) => Volatile.Read(ref _waiting[(int)priority]);

    public int PeersOf(PeerStatus status) => Volatile.Read(ref _peersByStatus[(int)status]);

    /// <summary>All drops that occurred.</summary>
    public IEnumerable<DropCount> Drops()
    {
        for (var i = 0; i < _dropped.Length; i++)
        {
            if (Volatile.Read(ref _dropped[i]) is > 0 and var count)
            {
                yield return new DropCount((MessageType)(i / Reasons), (DropReason)(i % Reasons), count);
            }
        }
    }

    /// <summary>Takes over what only the event loop may look at.</summary>
    public void Publish(TimeSpan now, Peer peer)
    {
        _traces.CloseDue(now);
        Height = peer.Ledger.Chain.Height;
        Orphans = peer.Ledger.Chain.Orphans.Count;
        PoolSize = peer.Ledger.Pool.Count;
        Capacity = peer.Capacity;
        for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
        {
            _waiting[(int)priority] = peer.Waiting(priority);
        }

        if (_peersChanged || _peersCounted != peer.Table.All.Count)
        {
            CountPeers(peer.Table.All);
        }
    }

    void IPeerEvents.Sent(TimeSpan now, PeerId nextHop, Message message) => _sent[(int)message.Type]++;

    void IPeerEvents.Received(TimeSpan now, PeerId via, Message message)
    {
        _received[(int)message.Type]++;
        _traces.Received(now, via, message);
    }

    void IPeerEvents.Unwrapped(TimeSpan now, PeerId via, Relay relay) => _received[(int)relay.Payload.Type]++;

    void IPeerEvents.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
        _dropped[((int)type * Reasons) + (int)reason]++;

    void IPeerEvents.Redundant(TimeSpan now, MessageType type, PeerId via) => _redundant[(int)type]++;

    void IPeerEvents.Relayed(TimeSpan now, Relay relay, PeerId via) => _relayed++;

    void IPeerEvents.RoundTripMeasured(TimeSpan now, PeerId peer, TimeSpan roundTrip) =>
        _metrics.RoundTripMeasured(roundTrip);

    void IPeerEvents.PeerDiscovered(TimeSpan now, PeerInfo peer) => _peersChanged = true;

    void IPeerEvents.PeerStatusChanged(TimeSpan now, PeerId peer, PeerStatus status)
    {
        _peersChanged = true;
        _log.StatusChanged(peer, status);
    }

    void IPeerEvents.PeerBanned(TimeSpan now, PeerId peer)
    {
        _peersChanged = true;
        _log.Banned(peer);
    }

    void IPeerEvents.TransactionMade(TimeSpan now, Transaction transaction)
    {
        _transactionsAccepted++;
        _traces.TransactionMade(now, transaction)?.Dispose();
    }

    void IPeerEvents.TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        _transactionsAccepted++;

        // Current while the propagation is measured, whose exemplar it is.
        using var span = _traces.TransactionAccepted(now, transaction);
        if (_measured.TryTake(now))
        {
            var made = transaction.Timestamp;
            if (made >= _startedAt && made <= now.TotalSeconds)
            {
                _metrics.TransactionArrived(now.TotalSeconds - made);
            }
        }
    }

    void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        _arrivals.Add(node);

        // Current while the propagation is measured and the log line written, which belong to it.
        var outside = Activity.Current;
        _traces.BlockAccepted(now, node, via);

        // What a newcomer catches up on was not on its way since it was made, and an own block never was.
        if (via != _self && node.Header.Timestamp >= _startedAt && now.TotalSeconds >= node.Header.Timestamp)
        {
            _metrics.BlockArrived(now.TotalSeconds - node.Header.Timestamp);
        }

        _log.BlockAccepted(node, via, isOwn: via == _self);
        Activity.Current = outside;
    }

    void IPeerEvents.BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via)
    {
        _traces.BlockOrphaned(header.Id);
        _log.Orphaned(header.Id, via);
    }

    void IPeerEvents.BlockRejected(TimeSpan now, BlockHeader header, PeerId via)
    {
        _traces.BlockRejected(now, header);
        _log.Rejected(header.Id, header.Sender, via);
    }

    void IPeerEvents.TipChanged(TimeSpan now, ChainNode tip) => _tipChanges++;

    void IPeerEvents.ChainReorganised(TimeSpan now, Reorganisation reorganisation)
    {
        _metrics.Reorganised(reorganisation.Depth);
        _log.Reorganised(reorganisation);
    }

    private void CountPeers(IReadOnlyList<RemotePeer> peers)
    {
        Span<int> counts = stackalloc int[_peersByStatus.Length];
        var banned = 0;
        foreach (var peer in peers)
        {
            counts[(int)peer.Status]++;
            banned += peer.IsBanned ? 1 : 0;
        }

        counts.CopyTo(_peersByStatus);
        Banned = banned;
        _peersCounted = peers.Count;
        _peersChanged = false;
    }
}
