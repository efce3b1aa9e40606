using Blockchain.Shared.Chain;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// Which of the blocks that come are announced: those that are news, which we made or somebody announced to us. What a
/// peer catches up on is known to the network; of that it announces the tip that it ends with, and the end of a branch
/// that nearly won (half of a network may have it as its tip). A peer that lacks more asks for headers. So does Bitcoin
/// Core (<c>PeerManagerImpl::UpdatedBlockTip</c> in net_processing.cpp, and BIP 130). To whom, the relay rule decides
/// (<see cref="IRelayRule"/>).
/// </summary>
internal sealed class Announcements(PeerContext context, IRelayRule relay)
{
    /// <summary>
    /// Branches that end so far below the tip are settled, and nobody needs to be told of them: Bitcoin's six
    /// confirmations (S. Nakamoto, 2008, section 11: an attacker with a tenth of the power rarely gets further).
    /// </summary>
    private const int Settled = 6;

    /// <summary>
    /// Blocks that came by catching up, on which nothing is built here, and of which nobody was told yet.
    /// </summary>
    private readonly List<ChainNode> _ends = [];

    /// <summary>Blocks were attached to the tree.</summary>
    /// <param name="isNews">Whether the block that came, to which others may have been waiting, was announced to
    /// us.</param>
    /// <param name="holders">Who has it.</param>
    public void Attached(TimeSpan now, in AddResult result, bool isNews, Holders holders)
    {
        foreach (var node in result.Attached)
        {
            if (result.Pruned.Count > 0 && result.Pruned.Contains(node))
            {
                // It had to go at once, and could not be served.
                continue;
            }

            if (_ends.Count > 0 && node.Parent is { } parent)
            {
                _ends.Remove(parent);
            }

            if (isNews)
            {
                Announce(now, node.Block, holders);
            }
            else
            {
                Assertions.That(!Assertions.AreOn || !_ends.Contains(node), "A block is attached once.");
                _ends.Add(node);
            }
        }
    }

    /// <summary>Nothing old is asked for any more: announces what was held back until now.</summary>
    public void CaughtUp(TimeSpan now, Holders holders)
    {
        foreach (var end in _ends)
        {
            // It may have had to leave the tree meanwhile, and could not be served.
            if (end.Height > context.Ledger.Chain.Height - Settled && context.Ledger.Chain.Contains(end.Id))
            {
                Announce(now, end.Block, holders);
            }
        }

        _ends.Clear();
    }

    /// <param name="block">Null on a light peer, which could not serve what it announces.</param>
    public void Announce(TimeSpan now, Block? block, Holders holders)
    {
        Assertions.That(block is null == context.Self.Light, "A full peer has its blocks, a light one none.");
        if (block is not null && context.Shows(block))
        {
            relay.Announce(now, block, holders);
        }
    }
}
