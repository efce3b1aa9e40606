using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>GET_BLOCK_HEADERS of this peer's own: what does another one have that our chain lacks?</summary>
internal sealed class HeaderRequests(PeerContext context)
{
    /// <summary>
    /// In request timeouts: who is asked for a header that it lacks may wait for it three of them, and then send it.
    /// </summary>
    private const int LongestWait = 10;

    /// <summary>Of a peer that was away, or that has blocks on which several are missing here.</summary>
    public void AskIfFull(TimeSpan now, RemotePeer peer)
    {
        if (!peer.Info.Light)
        {
            Ask(now, peer, context.Locator());
        }
    }

    public void Ask(TimeSpan now, RemotePeer peer, IReadOnlyList<Hash256> locator)
    {
        ExpectHeaders(context, now, peer);
        context.Send(now, peer, new GetBlockHeaders(context.Self.Id, locator, context.Random.NextMessageId()));
    }

    /// <summary>The peer is asked for something that it answers by BLOCK_HEADERS, sooner or later.</summary>
    public static void ExpectHeaders(PeerContext context, TimeSpan now, RemotePeer peer)
    {
        var (silence, wait) = (context.Settings.UnreachableAfter, LongestWait * context.Settings.RequestTimeout);
        peer.HeadersAwaitedUntil = now + (silence > wait ? silence : wait);
    }
}
