using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// The node's figures: what the peer counts, and what of its state and its events becomes a metric, a trace or a line
/// of
/// the log. Written by the event loop alone; the numbers may be read by anybody at any time, each for itself right.
/// </summary>
internal sealed class NodeStatistics : IPeerListener, IMessageObserver
{
    /// <summary>Transactions whose propagation is measured: to read a timestamp costs more than to accept.</summary>
    private const int MeasuredPerSecond = 100;

    private readonly PeerId _self;
    private readonly PeerMetrics _metrics;
    private readonly PeerTraces _traces;
    private readonly PeerLog _log;
    private readonly double _startedAt;
    private readonly int[] _peersByStatus = new int[Enum.GetValues<PeerStatus>().Length];
    private readonly int[] _waiting = new int[MessagePriorities.Count];
    private readonly List<ChainNode> _arrivals = [];
    private RateBound _measured = new(MeasuredPerSecond);
    private Peer? _peer;
    private long _tipChanges;
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

    /// <summary>What the peer counts.</summary>
    public PeerCounters Counters { get; } = new();

    public long TipChanges => Volatile.Read(ref _tipChanges);

    public int Height { get; private set; }

    public int Orphans { get; private set; }

    public int PoolSize { get; private set; }

    public int Banned { get; private set; }

    /// <summary>Messages per second; zero: no limit.</summary>
    public double Capacity { get; private set; }

    /// <summary>Every block or header of the tree, in the order of acceptance. For the event loop only.</summary>
    public IReadOnlyList<ChainNode> Arrivals => _arrivals;

    public int WaitingOf(MessagePriority priority) => Volatile.Read(ref _waiting[(int)priority]);

    public int PeersOf(PeerStatus status) => Volatile.Read(ref _peersByStatus[(int)status]);

    /// <summary>The peer whose figures these are. To be called before it starts.</summary>
    public void Attach(Peer peer) => _peer = peer;

    /// <summary>A block of an earlier run is in the tree again.</summary>
    public void Restored(ChainNode node) => _arrivals.Add(node);

    /// <summary>Takes over what only the event loop may look at.</summary>
    public void Publish(TimeSpan now)
    {
        var peer = _peer!;
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

    public void Happened(PeerEvent what)
    {
        switch (what)
        {
            case BlockAccepted accepted when _peer!.Ledger.Chain.TryGet(accepted.Block, out var node):
                BlockAccepted(accepted, node);
                return;
            case BlockOrphaned orphaned:
                _traces.BlockOrphaned(orphaned.Block);
                break;
            case BlockRejected rejected:
                _traces.BlockRejected(rejected);
                break;
            case TipChanged:
                _tipChanges++;
                break;
            case ChainReorganised change:
                _metrics.Reorganised(change.Depth);
                break;
            case RoundTripMeasured measured:
                _metrics.RoundTripMeasured(measured.RoundTrip);
                break;
            case NeighbourChanged or NeighbourBanned or NeighbourPardoned:
                _peersChanged = true;
                break;
        }

        _log.Write(what);
    }

    void IMessageObserver.Received(TimeSpan now, PeerId via, Message message) => _traces.Received(now, via, message);

    void IMessageObserver.TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via)
    {
        if (via == _self)
        {
            _traces.TransactionMade(now, transaction)?.Dispose();
            return;
        }

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

    private void BlockAccepted(BlockAccepted accepted, ChainNode node)
    {
        _arrivals.Add(node);

        // Current while the propagation is measured and the log line written, which belong to it.
        var outside = Activity.Current;
        _traces.BlockAccepted(accepted.Time, node, accepted.Via);

        // What a newcomer catches up on was not on its way since it was made, and an own block never was.
        var made = node.Header.Timestamp;
        if (accepted.Via != _self && made >= _startedAt && accepted.Time.TotalSeconds >= made)
        {
            _metrics.BlockArrived(accepted.Time.TotalSeconds - made);
        }

        _log.Write(accepted);
        Activity.Current = outside;
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
