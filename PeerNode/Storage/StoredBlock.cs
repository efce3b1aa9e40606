using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Storage;

/// <summary>A block, or on a light peer its header, as it is kept.</summary>
/// <param name="AcceptedAt">When the peer accepted it first, since the Unix epoch.</param>
/// <param name="Block">Null on a light peer.</param>
internal sealed record StoredBlock(TimeSpan AcceptedAt, BlockHeader Header, Block? Block)
{
    public static StoredBlock Of(ChainNode node) => new(node.AcceptedAt, node.Header, node.Block);
}
