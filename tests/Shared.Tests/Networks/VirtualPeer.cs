using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Outbox;
using Blockchain.Shared.Topology;

namespace Blockchain.Shared.Tests.Networks;

/// <summary>A peer in a <see cref="VirtualNetwork"/>, with a record of what it saw.</summary>
internal sealed class VirtualPeer(VirtualNetwork network, PeerPlan plan, IReadOnlyList<PeerInfo> known)
    : ITransmitter, IPeerEvents
{
    private TimeSpan _plannedFor = TimeSpan.MaxValue;
    private int _life;

    public PeerPlan Plan => plan;

    public Peer Core { get; private set; } = null!;

    public bool IsRunning { get; private set; }

    public List<Block> Made { get; } = [];

    /// <summary>When each block was accepted, in this life or an earlier one.</summary>
    public Dictionary<Hash256, TimeSpan> Arrivals { get; } = [];

    public Dictionary<(MessageType Type, DropReason Reason), int> Drops { get; } = [];

    public Dictionary<MessageType, int> Sent { get; } = [];

    public Dictionary<MessageType, int> Redundant { get; } = [];

    public Dictionary<PeerId, int> BadBlocksFrom { get; } = [];

    public int Relayed { get; private set; }

    public IEnumerable<Hash256> ChainIds => Core.Ledger.Chain.Nodes.Select(node => node.Id);

    public Hash256? Tip => Core.Ledger.Chain.Tip?.Id;

    public void Start(ulong seed)
    {
        Core = new Peer(plan, known, this, this, seed);
        IsRunning = true;
        _life++;
        _plannedFor = TimeSpan.MaxValue;
        Act(core => core.Start(network.Now));
    }

    /// <summary>Gone from one moment to the next, with all that it knew.</summary>
    public void Crash() => IsRunning = false;

    public void Receive(VirtualPeer from, Message message) => Act(core =>
    {
        var via = core.Identify(from.Plan.Info.Ip);
        if (via.IsStranger && message is Hello hello)
        {
            via = core.Identify(network.Now, from.Plan.Info.Ip, hello);
        }

        core.Receive(network.Now, via, message);
    });

    public void Act(Action<Peer> action)
    {
        action(Core);
        PlanAdvance();
    }

    void ITransmitter.Transmit(Transmission transmission) => network.Carry(this, transmission);

    void IPeerEvents.Sent(TimeSpan now, PeerId nextHop, Message message) => Count(Sent, message.Type);

    void IPeerEvents.Redundant(TimeSpan now, MessageType type, PeerId via) => Count(Redundant, type);

    void IPeerEvents.Relayed(TimeSpan now, Relay relay, PeerId via) => Relayed++;

    void IPeerEvents.BlockMade(TimeSpan now, Block block) => Made.Add(block);

    void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via) => Arrivals.TryAdd(node.Id, now);

    void IPeerEvents.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        Count(Drops, (type, reason));
        if (reason == DropReason.InvalidId)
        {
            Count(BadBlocksFrom, peer);
        }
    }

    public override string ToString() =>
        $"{plan.Id} {(IsRunning ? "up" : "down")} height {Core.Ledger.Chain.Height} tip {Tip?.ToString()[..8]} "
        + $"orphans {Core.Ledger.Chain.Orphans.Count} pool {Core.Ledger.Pool.Count} "
        + $"peers [{string.Join(' ', Core.Table.All.Select(peer => $"{peer.Id}{(peer.IsBanned ? "!" : string.Empty)}:{peer.Status}"))}] "
        + $"drops [{string.Join(' ', Drops.Select(drop => $"{drop.Key.Type}/{drop.Key.Reason}={drop.Value}"))}]";

    private static void Count<TKey>(Dictionary<TKey, int> counters, TKey key)
        where TKey : notnull => counters[key] = counters.GetValueOrDefault(key) + 1;

    private void PlanAdvance()
    {
        var due = Core.NextDue;
        if (due >= _plannedFor)
        {
            return;
        }

        _plannedFor = due;
        var life = _life;
        network.At(due, () =>
        {
            // An earlier appointment may have been made since; that one counts.
            if (!IsRunning || life != _life || due != _plannedFor)
            {
                return;
            }

            _plannedFor = TimeSpan.MaxValue;
            Act(core => core.Advance(network.Now));
        });
    }
}
