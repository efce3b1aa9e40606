using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// Which of the blocks that come are announced: those that are news, which we made or somebody announced to us. What a
/// peer catches up on is known to the network; of that it announces the tip that it ends with, and the end of a branch
/// that nearly won (half of a network may have it as its tip). Whoever lacks more asks for headers. So does Bitcoin Core
/// (<c>PeerManagerImpl::UpdatedBlockTip</c> in net_processing.cpp, and BIP 130).
/// </summary>
internal sealed class Announcements
{
    /// <summary>
    /// Branches that end so far below the tip are settled, and nobody needs to be told of them: Bitcoin's six
    /// confirmations (S. Nakamoto, 2008, section 11: an attacker with a tenth of the power rarely gets further).
    /// </summary>
    private const int Settled = 6;

    private readonly PeerContext _context;
    private readonly Gossip _gossip;
    private readonly BlockRequests _requests;

    /// <summary>Blocks that came by catching up, on which nothing is built here, and of which nobody was told yet.</summary>
    private readonly List<ChainNode> _ends = [];

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
        foreach (var node in result.Attached)
        {
            if (_ends.Count > 0 && node.Parent is { } parent)
            {
                _ends.Remove(parent);
            }

            if (isNews)
            {
                _gossip.Announce(now, node.Id, from, sources);
            }
            else
            {
                _ends.Add(node);
            }
        }
    }

    /// <summary>Announces what was held back until now, if nothing old is asked for any more.</summary>
    public void CaughtUp(TimeSpan now, RemotePeer? from, ReadOnlySpan<RemotePeer> sources)
    {
        if (_ends.Count == 0 || _requests.IsCatchingUp)
        {
            return;
        }

        foreach (var end in _ends)
        {
            if (end.Height > _context.Ledger.Chain.Height - Settled)
            {
                _gossip.Announce(now, end.Id, from, sources);
            }
        }

        _ends.Clear();
    }
}
