using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Networks;

/// <summary>What one peer saw.</summary>
internal sealed class Recorder : IPeerEvents
{
    public List<Block> Made { get; } = [];

    /// <summary>When each block was accepted, in this life or an earlier one.</summary>
    public Dictionary<Hash256, TimeSpan> Arrivals { get; } = [];

    public HashSet<(MessageType Type, DropReason Reason)> Drops { get; } = [];

    public Dictionary<PeerId, int> BadBlocksFrom { get; } = [];

    void IPeerEvents.BlockMade(TimeSpan now, Block block) => Made.Add(block);

    void IPeerEvents.BlockAccepted(TimeSpan now, ChainNode node, PeerId via) => Arrivals.TryAdd(node.Id, now);

    void IPeerEvents.Dropped(TimeSpan now, MessageType type, DropReason reason, PeerId peer)
    {
        Drops.Add((type, reason));
        if (reason == DropReason.InvalidId)
        {
            BadBlocksFrom[peer] = BadBlocksFrom.GetValueOrDefault(peer) + 1;
        }
    }
}
