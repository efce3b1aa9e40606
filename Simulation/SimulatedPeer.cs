using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Simulation.Engine;

namespace Blockchain.Simulation;

/// <summary>One peer of a simulated network: the <see cref="Peer"/> of the core, and what its host knows of it.</summary>
public sealed class SimulatedPeer : ITransmitter, IPeerEvents
{
    private readonly SimulationRun _run;

    internal SimulatedPeer(SimulationRun run, int index, PeerPlan plan, IReadOnlyList<PeerInfo> known)
    {
        _run = run;
        Index = index;
        Plan = plan;
        IsNated = plan.Info.Nat;
        Known = known;
    }

    /// <summary>Its number in <see cref="SimulationRun.Peers"/>.</summary>
    public int Index { get; }

    public PeerPlan Plan { get; }

    public PeerId Id => Plan.Id;

    /// <summary>The peer itself; after a crash, as it was then. Null before its first start.</summary>
    public Peer Core { get; private set; } = null!;

    public bool IsRunning { get; private set; }

    /// <summary>Never made a block with a false id on purpose.</summary>
    public bool IsHonest { get; internal set; }

    /// <summary>It is behind NAT.</summary>
    public bool IsNated { get; }

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>
    /// Sum of the ids in its tree: two peers that have the same number of blocks and the same sum have the same blocks.
    /// </summary>
    public UInt128 TreeDigest { get; internal set; }

    internal IReadOnlyList<PeerInfo> Known { get; }

    /// <summary>See <see cref="Peer.HotParts"/>.</summary>
    internal object[] HotParts { get; private set; } = [];

    internal IPeerEvents? Observer { get; set; }

    /// <summary>Which part of a partitioned network it is in.</summary>
    internal int Side { get; set; }

    /// <summary>When its <see cref="Peer.Advance"/> is due, in ticks.</summary>
    internal long WakesAt { get; set; } = long.MaxValue;

    internal LinkEnd Line { get; set; } = new();

    /// <summary>Does something with the peer; the simulator then looks at when it must be called next.</summary>
    public void Act(Action<Peer> action)
    {
        action(Core);
        _run.PlanWake(this);
    }

    internal void Start(ulong seed)
    {
        Core = new Peer(Plan, Known, this, this, seed);
        HotParts = Core.HotParts;
        IsHonest &= !Plan.Malicious;
        IsRunning = true;
        Lives++;
        TreeDigest = 0;
        WakesAt = long.MaxValue;
        (Observer as ISimulatedPeerEvents)?.Started(_run.Now, this);
        Core.Start(_run.Now);
        _run.PlanWake(this);
    }

    internal void Stop()
    {
        if (IsRunning)
        {
            IsRunning = false;
            (Observer as ISimulatedPeerEvents)?.Stopped(_run.Now, this);
        }
    }

    void ITransmitter.Transmit(in Transmission transmission) => _run.Carry(this, transmission);

    void IPeerEvents.Sent(TimeSpan now, PeerId nextHop, Message message) => Observer?.Sent(now, nextHop, message);

    void IPeerEvents.Received(TimeSpan now, PeerId via, Message message)
    {
        _run.Statistics.Received(message.Type);
        Observer?.Received(now, via, message);
    }

    void IPeerEvents.Unwrapped(TimeSpan now, PeerId via, Relay relay)
    {
        _run.Statistics.Received(relay.Payload.Type);
        Observer?.Unwrapped(now, via, relay);
    }

    void IPeerEvents.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        _run.Statistics.Dropped(type, reason);
        Observer?.Dropped(now, type, reason, peer);
    }

    void IPeerEvents.Redundant(TimeSpan now, MessageType type, PeerId via)
    {
        _run.Statistics.Redundant(type);
        Observer?.Redundant(now, type, via);
    }

    void IPeerEvents.Relayed(TimeSpan now, Relay relay, PeerId via) => Observer?.Relayed(now, relay, via);

    void IPeerEvents.RoundTripMeasured(TimeSpan now, PeerId peer, TimeSpan roundTrip) =>
        Observer?.RoundTripMeasured(now, peer, roundTrip);

    void IPeerEvents.PeerDiscovered(TimeSpan now, PeerInfo peer) => Observer?.PeerDiscovered(now, peer);

    void IPeerEvents.PeerStatusChanged(TimeSpan now, PeerId peer, PeerStatus status) =>
        Observer?.PeerStatusChanged(now, peer, status);

    void IPeerEvents.PeerOffended(TimeSpan now, PeerId peer, int offences) =>
        Observer?.PeerOffended(now, peer, offences);

    void IPeerEvents.PeerBanned(TimeSpan now, PeerId peer)
    {
        Observer?.PeerBanned(now, peer);
        _run.OnBanned(this, peer);
    }

    void IPeerEvents.TransactionMade(TimeSpan now, Transaction transaction)
    {
        _run.Statistics.TransactionMade();
        Observer?.TransactionMade(now, transaction);
    }

    void IPeerEvents.TransactionAccepted(TimeSpan now, Transaction transaction, PeerId via) =>
        Observer?.TransactionAccepted(now, transaction, via);

    void IPeerEvents.BlockMade(TimeSpan now, Block block)
    {
        Observer?.BlockMade(now, block);
        _run.OnMade(this, block);
    }

    void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        TreeDigest += node.Id.Leading128;
        Observer?.BlockAccepted(now, node, via);
        _run.OnAccepted(this, node);
    }

    void IPeerEvents.BlockOrphaned(TimeSpan now, BlockHeader header, PeerId via) =>
        Observer?.BlockOrphaned(now, header, via);

    void IPeerEvents.BlockRejected(TimeSpan now, BlockHeader header, PeerId via) =>
        Observer?.BlockRejected(now, header, via);

    void IPeerEvents.TipChanged(TimeSpan now, ChainNode tip) => Observer?.TipChanged(now, tip);

    void IPeerEvents.ChainReorganised(TimeSpan now, Reorganisation reorganisation)
    {
        _run.Statistics.Reorganised(reorganisation.Left.Count);
        Observer?.ChainReorganised(now, reorganisation);
    }

    void IPeerEvents.CapacityChanged(TimeSpan now, double messagesPerSecond) =>
        Observer?.CapacityChanged(now, messagesPerSecond);

    public override string ToString() =>
        $"{Id} {(IsRunning ? "up" : "down")} height {Core?.Ledger.Chain.Height} tip {Core?.Ledger.Chain.Tip?.Id.ToString()[..8]} "
        + $"orphans {Core?.Ledger.Chain.Orphans.Count} pool {Core?.Ledger.Pool.Count} "
        + $"peers [{string.Join(' ', Core?.Table.All.Select(peer => $"{peer.Id}{(peer.IsBanned ? "!" : string.Empty)}:{peer.Status}") ?? [])}]";
}
