using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>GET_BLOCK_HEADERS of this peer's own: what does another one have that our chain lacks?</summary>
internal sealed class HeaderRequests(PeerContext context)
{
    /// <summary>Of a peer that was away, or that has blocks on which several are missing here.</summary>
    public void AskIfFull(TimeSpan now, RemotePeer peer)
    {
        if (!peer.Info.Light)
        {
            Ask(now, peer, context.Ledger.Chain.Locator());
        }
    }

    public void Ask(TimeSpan now, RemotePeer peer, IReadOnlyList<Hash256> locator) =>
        context.Send(now, peer, new GetBlockHeaders(context.Self.Id, locator, context.Random.NextMessageId()));
}
