using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>What one peer saw.</summary>
internal sealed class Recorder : ISimulatedPeerObserver
{
    public List<BlockMade> Made { get; } = [];

    /// <summary>When each block was accepted, in this life or an earlier one.</summary>
    public Dictionary<Hash256, TimeSpan> Arrivals { get; } = [];

    public HashSet<(MessageType Type, DropReason Reason)> Drops { get; } = [];

    public Dictionary<PeerId, int> BadBlocksFrom { get; } = [];

    public void Happened(PeerEvent what)
    {
        switch (what)
        {
            case BlockMade made:
                Made.Add(made);
                break;
            case BlockAccepted accepted:
                Arrivals.TryAdd(accepted.Block, accepted.Time);
                break;
        }
    }

    public void Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        Drops.Add((type, reason));
        if (reason == DropReason.InvalidId)
        {
            BadBlocksFrom[peer] = BadBlocksFrom.GetValueOrDefault(peer) + 1;
        }
    }
}
