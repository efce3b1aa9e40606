using Blockchain.Shared.Behaviour;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// INV, BLOCK_HEADERS and BLOCK: how blocks come here, and what becomes of them. An INV leads to a request
/// (<see cref="BlockRequests"/>), a block to the tree and from there to <see cref="Announcements"/>.
/// </summary>
internal sealed class BlockExchange(
    PeerContext context,
    IRelayRule relay,
    Announcements announcements,
    BlockRequests requests,
    HeaderRequests headerRequests,
    BlockServer server)
{
    private readonly HeaderWitnesses _witnesses = new(context);

    /// <summary>The block that was attached last; no block at first.</summary>
    private Hash256 _latest;

    private BlockTree Chain => context.Ledger.Chain;

    /// <summary>Deals with an INV of blocks that are here already, or of the one that was asked for last.</summary>
    /// <returns>False, and nothing was done, if there is more to it.</returns>
    public bool TryOnKnown(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids)
    {
        var isNew = false;
        if (!(ids.Count == 1 && requests.TryAddSource(ids[0], from, out isNew)) && !HasAll(ids))
        {
            return false;
        }

        relay.Knows(ids, from);
        if (!isNew)
        {
            context.Reports.Redundant(now, MessageType.Inv, from.Id);
        }

        return true;
    }

    /// <summary>An INV of blocks some of which are not here.</summary>
    public void OnInventory(TimeSpan now, RemotePeer from, Inv inventory)
    {
        relay.Knows(inventory.BlockIds, from);
        var unknown = inventory.BlockIds.Count == 1 ? inventory.BlockIds : Missing(inventory.BlockIds);
        if (context.Self.Light)
        {
            _witnesses.Announced(now, from, unknown);
        }
        else
        {
            requests.Want(now, from, unknown, isNews: true);
        }
    }

    /// <summary>
    /// Headers of blocks that the sender has: those that we lack are asked for, or on a light peer vouched for.
    /// </summary>
    /// <param name="by">Who delivered them: the sender, or a relay.</param>
    public void OnHeaders(TimeSpan now, RemotePeer from, RemotePeer by, IReadOnlyList<BlockHeader> headers)
    {
        if (context.Self.Light)
        {
            foreach (var header in _witnesses.Vouched(now, by, headers))
            {
                var result = context.Ledger.AcceptHeader(now, header, from.Id);
                OnAdded(now, result, header, new BlockOrigin(from.Id, isNews: false, new Holders(from, [])));
            }

            return;
        }

        Want(now, from, [.. headers.Select(header => header.Id)]);
    }

    /// <summary>The peer has these blocks; asks it for those that are missing here.</summary>
    /// <param name="isNews">Whether it announces them.</param>
    public void Want(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids, bool isNews = false)
    {
        relay.Knows(ids, from);
        var missing = Missing(ids);
        if (missing.Count > 0)
        {
            requests.Want(now, from, missing, isNews);
        }
    }

    /// <summary>
    /// The peer has this block, and what it gave us of it was of no use: asks for the whole, at once or as one that
    /// nobody has been asked for.
    /// </summary>
    public void WantWhole(TimeSpan now, RemotePeer from, Hash256 id)
    {
        if (requests.IsWanted(id))
        {
            context.Send(now, from, new GetBlock(context.Self.Id, [id], context.Random.NextMessageId()));
        }
        else if (!Chain.IsKnown(id))
        {
            requests.Want(now, from, [id], isNews: true);
        }
    }

    /// <param name="from">Who gave it to us; null for a stranger.</param>
    public void OnBlock(TimeSpan now, RemotePeer? from, PeerId via, Block block)
    {
        var holders = requests.Arrived(now, block.Id, from, out var isNews);

        // Its id is verified, which is more than two peers' word for it.
        var result = context.Self.Light
            ? context.Ledger.AcceptHeader(now, block.Header, via)
            : context.Ledger.Accept(now, block, via);
        OnAdded(now, result, block.Header, new BlockOrigin(via, isNews, holders));
        AnnounceIfCaughtUp(now, holders);
    }

    /// <summary>A block whose id is not its hash.</summary>
    public void OnFalseBlock(TimeSpan now, RemotePeer from, Hash256 id)
    {
        requests.Refuted(now, id, from);
        AnnounceIfCaughtUp(now, holders: default);
    }

    /// <summary>Takes over a block that this peer has made itself.</summary>
    public void OnOwnBlock(TimeSpan now, Block block)
    {
        Assertions.That(!context.Self.Light, "A light peer makes no blocks.");
        if (block.HasValidId)
        {
            var result = context.Ledger.Accept(now, block, context.Self.Id);
            Assertions.That(
                result.Status is AddStatus.Accepted or AddStatus.Duplicate || context.Behaviour is not Honest,
                "It extends the tip, by what the pool has.");
            OnAdded(now, result, block.Header, new BlockOrigin(context.Self.Id, isNews: true, holders: default));
            return;
        }

        server.KeepForged(block);
        announcements.Announce(now, block, holders: default);
    }

    private void AnnounceIfCaughtUp(TimeSpan now, Holders holders)
    {
        if (!requests.IsCatchingUp)
        {
            announcements.CaughtUp(now, holders);
        }
    }

    /// <summary>Whether there is nothing to learn of these blocks.</summary>
    private bool HasAll(IReadOnlyList<Hash256> ids)
    {
        // Nearly always one, and the last that was accepted.
        if (ids.Count == 1 && ids[0] == _latest)
        {
            return true;
        }

        for (var i = 0; i < ids.Count; i++)
        {
            if (!Chain.IsKnown(ids[i]))
            {
                return false;
            }
        }

        return true;
    }

    private IReadOnlyList<Hash256> Missing(IReadOnlyList<Hash256> ids)
    {
        // Nearly always one, of which no list need be made.
        if (ids.Count == 1)
        {
            return Chain.IsKnown(ids[0]) ? [] : ids;
        }

        return [.. ids.Where(id => !Chain.IsKnown(id))];
    }

    /// <summary>A block was given to the tree: tells what became of it, and does what follows from that.</summary>
    private void OnAdded(TimeSpan now, AddResult result, BlockHeader header, BlockOrigin origin)
    {
        var via = origin.Via;
        foreach (var evicted in result.Evicted)
        {
            context.Reports.Dropped(now, MessageType.Block, DropReason.OrphanEvicted, evicted.Header.Sender);
        }

        switch (result.Status)
        {
            case AddStatus.Duplicate:
                context.Reports.Redundant(now, MessageType.Block, via);
                break;
            case AddStatus.Orphaned:
                context.Reports.BlockOrphaned(now, header, via);
                AskForAncestors(now, header, origin);
                break;
            case AddStatus.Rejected:
                context.Reports.BlockRejected(now, header, via, result.Why);
                context.Reports.Dropped(now, MessageType.Block, DropReason.InvalidBlock, via);
                break;
            default:
                Assertions.That(result.Attached.Count > 0, "A block that is accepted is attached.");
                Assertions.That(
                    !Assertions.AreOn || !requests.IsWanted(header.Id),
                    "What is here is asked for no more.");
                Attached(now, result, via);
                announcements.Attached(now, result, origin.IsNews, origin.Holders);
                break;
        }
    }

    private void Attached(TimeSpan now, AddResult result, PeerId via)
    {
        foreach (var node in result.Attached)
        {
            Assertions.That(node.Block is null == context.Self.Light, "A full peer has its blocks, a light one none.");
            _latest = node.Header.Id;
            context.Storage?.Accepted(node);
            context.Reports.BlockAccepted(now, node, via);
            foreach (var hidden in context.Behaviour.Reveals(now, Chain, node, isOwn: via == context.Self.Id))
            {
                announcements.Announce(now, hidden.Block, holders: default);
            }

            if (result.Pruned.Count == 0 || Chain.Contains(node.Id))
            {
                server.OnAttached(now, node.Header.Id);
            }
        }

        foreach (var rejected in result.Rejected)
        {
            // It waited for its parent, so nobody can be blamed any more.
            context.Reports.BlockRejected(now, rejected.Header, via, rejected.Why);
        }

        if (result.Reorganisation is { } reorganisation)
        {
            context.Reports.ChainReorganised(now, reorganisation);
        }

        if (result.TipChanged)
        {
            context.Reports.TipChanged(now, Chain.Tip!);
        }
    }

    /// <summary>
    /// Asks for the parent, and for headers if that is not the first one missing in a row; on a light peer, which can
    /// do
    /// nothing with a single one, for headers at once.
    /// </summary>
    private void AskForAncestors(TimeSpan now, BlockHeader orphan, BlockOrigin origin)
    {
        if (origin.Holders.From is not { } from)
        {
            return;
        }

        Assertions.That(!Assertions.AreOn || !Chain.Contains(orphan.Id), "An orphan is not in the tree.");
        var missing = Chain.MissingAncestor(orphan.Id);
        var isBehind = context.Self.Light ? missing == orphan.PreviousId : Chain.IsAwaited(orphan.Id);
        if (isBehind && !requests.IsWanted(missing))
        {
            headerRequests.AskIfFull(now, from);
        }

        if (!context.Self.Light)
        {
            requests.Want(now, from, [missing], origin.IsNews && !isBehind);
        }
    }
}
