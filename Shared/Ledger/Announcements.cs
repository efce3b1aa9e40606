using Blockchain.Shared.Peers;

namespace Blockchain.Shared.Ledger;

/// <summary>
/// Which of the blocks that come are announced: those that are news, which we made or somebody announced to us. What a
/// peer catches up on is known to the network; of that it announces the tip that it ends with, and whoever lacks more
/// asks for headers. So does Bitcoin Core (<c>PeerManagerImpl::UpdatedBlockTip</c> in net_processing.cpp, and BIP 130).
/// </summary>
internal sealed class Announcements
{
    private readonly PeerContext _context;
    private readonly Gossip _gossip;
    private readonly BlockRequests _requests;

    /// <summary>Whether the tip came by catching up, and nobody was told of it yet.</summary>
    private bool _holdsTipBack;

    public Announcements(PeerContext context, Gossip gossip, BlockRequests requests)
    {
        (_context, _gossip, _requests) = (context, gossip, requests);
        requests.CatchingUpFailed = now => CaughtUp(now, from: null, sources: []);
    }

    /// <param name="isNews">Whether the block that came, to which others may have been waiting, was announced to us.</param>
    /// <param name="sources">Who has it.</param>
    public void Attached(
        TimeSpan now, in AddResult result, bool isNews, RemotePeer? from, ReadOnlySpan<RemotePeer> sources)
    {
        if (result.TipChanged)
        {
            _holdsTipBack = !isNews;
        }

        if (!isNews)
        {
            return;
        }

        foreach (var node in result.Attached)
        {
            _gossip.Announce(now, node.Id, from, sources);
        }
    }

    /// <summary>Announces the tip if it was held back until now and nothing old is asked for any more.</summary>
    public void CaughtUp(TimeSpan now, RemotePeer? from, ReadOnlySpan<RemotePeer> sources)
    {
        if (_holdsTipBack && !_requests.IsCatchingUp)
        {
            _holdsTipBack = false;
            _gossip.Announce(now, _context.Ledger.Chain.Tip!.Id, from, sources);
        }
    }
}
