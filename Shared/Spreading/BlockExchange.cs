using Blockchain.Shared.Chain;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading;

/// <summary>INV, GETBLOCK and BLOCK: how blocks travel, and what becomes of them here.</summary>
internal sealed class BlockExchange(
    PeerContext context,
    Gossip gossip,
    BlockRequests requests,
    Announcements announcements,
    HeaderWitnesses witnesses)
{
    /// <summary>Blocks of our own making with a false id, which a malicious peer keeps in order to serve them.</summary>
    private const int MaxForged = 16;

    private readonly PendingAnswers _pending = new(context);
    private readonly Queue<Block> _forged = new();

    /// <summary>The block that was attached last; no block at first.</summary>
    private Hash256 _latest;

    /// <summary>Called when a peer has a block on which several are missing here.</summary>
    public Action<TimeSpan, RemotePeer>? GapFound { get; set; }

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

        gossip.Knows(ids, from);
        if (!isNew)
        {
            context.Events.Redundant(now, MessageType.Inv, from.Id);
        }

        return true;
    }

    /// <summary>An INV of blocks some of which are not here.</summary>
    public void OnInventory(TimeSpan now, RemotePeer from, Inv inventory)
    {
        gossip.Knows(inventory.BlockIds, from);
        var unknown = inventory.BlockIds.Count == 1 ? inventory.BlockIds : Missing(inventory.BlockIds);
        if (context.Self.Light)
        {
            witnesses.Announced(now, from, unknown);
        }
        else
        {
            requests.Want(now, from, unknown, isNews: true);
        }
    }

    public void OnGetBlock(TimeSpan now, RemotePeer from, GetBlock request)
    {
        List<BlockHeader>? headers = null;
        for (var i = 0; i < request.BlockIds.Count; i++)
        {
            var id = request.BlockIds[i];
            if (Chain.TryGet(id, out var node))
            {
                Serve(now, from, node.Header, node.Block, ref headers);
            }
            else if (Forged(id) is { } forged)
            {
                Serve(now, from, forged.Header, forged, ref headers);
            }
            else
            {
                _pending.Remember(now, id, from);
            }
        }

        if (headers is not null)
        {
            context.Send(now, from, new BlockHeaders(context.Self.Id, headers, context.Random.NextMessageId()));
        }
    }

    /// <summary>Headers of blocks that the sender has: those that we lack are asked for, or on a light peer vouched for.</summary>
    public void OnHeaders(TimeSpan now, RemotePeer from, IReadOnlyList<BlockHeader> headers)
    {
        if (context.Self.Light)
        {
            foreach (var header in witnesses.Vouched(now, from, headers))
            {
                Settle(now, context.Ledger.AcceptHeader(now, header), header, from, from.Id, isNews: false, []);
            }

            return;
        }

        Want(now, from, [.. headers.Select(header => header.Id)]);
    }

    /// <summary>The peer has these blocks; asks it for those that are missing here.</summary>
    public void Want(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> ids)
    {
        gossip.Knows(ids, from);
        var missing = Missing(ids);
        if (missing.Count > 0)
        {
            requests.Want(now, from, missing, isNews: false);
        }
    }

    /// <param name="from">Who gave it to us; null for a stranger.</param>
    /// <returns>False if the block breaks a rule, which is an offence of whoever delivered it.</returns>
    public bool OnBlock(TimeSpan now, RemotePeer? from, PeerId via, Block block)
    {
        var sources = requests.Arrived(now, block.Id, from, out var isNews);

        // Its id is verified, which is more than two peers' word for it.
        var result = context.Self.Light
            ? context.Ledger.AcceptHeader(now, block.Header)
            : context.Ledger.Accept(now, block);
        var isValid = Settle(now, result, block.Header, from, via, isNews, sources);
        announcements.CaughtUp(now, from, sources);
        return isValid;
    }

    /// <summary>A block whose id is not its hash.</summary>
    public void OnFalseBlock(TimeSpan now, RemotePeer from, Hash256 id)
    {
        requests.Refuted(now, id, from);
        announcements.CaughtUp(now, from: null, sources: []);
    }

    /// <summary>Takes over a block that this peer has made itself.</summary>
    public void OnOwnBlock(TimeSpan now, Block block)
    {
        if (block.HasValidId)
        {
            Settle(
                now, context.Ledger.Accept(now, block), block.Header, from: null, context.Self.Id, isNews: true, []);
            return;
        }

        _forged.Enqueue(block);
        if (_forged.Count > MaxForged)
        {
            _forged.Dequeue();
        }

        gossip.Announce(now, block.Id, from: null, announcers: []);
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

    // A method of its own, so that the many who ask for what is here pay for no closure.
    private Block? Forged(Hash256 id) => _forged.FirstOrDefault(block => block.Id == id);

    private void Serve(
        TimeSpan now, RemotePeer to, BlockHeader header, Block? block, ref List<BlockHeader>? headers)
    {
        if (to.Info.Light || block is null)
        {
            (headers ??= []).Add(header);
        }
        else
        {
            context.Send(now, to, block);
        }
    }

    private bool Settle(
        TimeSpan now,
        AddResult result,
        BlockHeader header,
        RemotePeer? from,
        PeerId via,
        bool isNews,
        ReadOnlySpan<RemotePeer> sources)
    {
        if (result.Evicted is { } evicted)
        {
            context.Events.Dropped(now, MessageType.Block, DropReason.OrphanEvicted, evicted.Header.Sender);
        }

        switch (result.Status)
        {
            case AddStatus.Duplicate:
                context.Events.Redundant(now, MessageType.Block, via);
                return true;
            case AddStatus.Orphaned:
                context.Events.BlockOrphaned(now, header, via);
                AskForAncestors(now, from, header, isNews);
                return true;
            case AddStatus.Rejected:
                context.Events.BlockRejected(now, header, via, result.Why);
                context.Events.Dropped(now, MessageType.Block, DropReason.InvalidBlock, via);
                return false;
            default:
                Attached(now, result, via);
                announcements.Attached(now, result, isNews, from, sources);
                return true;
        }
    }

    private void Attached(TimeSpan now, AddResult result, PeerId via)
    {
        foreach (var node in result.Attached)
        {
            _latest = node.Header.Id;
            context.Events.BlockAccepted(now, node, via);
            foreach (var asker in _pending.Take(node.Header.Id))
            {
                OnGetBlock(now, asker, new GetBlock(asker.Id, [node.Header.Id], default));
            }
        }

        foreach (var rejected in result.Rejected)
        {
            // It waited for its parent, so nobody can be blamed any more.
            context.Events.BlockRejected(now, rejected.Header, via, rejected.Why);
        }

        if (result.Reorganisation is { } reorganisation)
        {
            context.Events.ChainReorganised(now, reorganisation);
        }

        if (result.TipChanged)
        {
            context.Events.TipChanged(now, Chain.Tip!);
        }
    }

    /// <summary>
    /// Asks for the parent, and for headers if that is not the first one missing in a row; on a light peer, which can do
    /// nothing with a single one, for headers at once.
    /// </summary>
    private void AskForAncestors(TimeSpan now, RemotePeer? from, BlockHeader orphan, bool isNews)
    {
        if (from is null)
        {
            return;
        }

        var missing = Chain.MissingAncestor(orphan.Id);
        var isBehind = context.Self.Light ? missing == orphan.PreviousId : Chain.IsAwaited(orphan.Id);
        if (isBehind && !requests.IsWanted(missing))
        {
            GapFound?.Invoke(now, from);
        }

        if (!context.Self.Light)
        {
            requests.Want(now, from, [missing], isNews && !isBehind);
        }
    }
}
