using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// Compact blocks (BIP 152): a block travels as its header and a short id for each transaction, and the receiver puts it
/// together from its pool. The three neighbours that delivered the last new blocks are asked to send theirs at once
/// ("high bandwidth"); all others announce by INV, and are asked for the compact block ("low bandwidth"). A transaction
/// goes to <c>fanout</c> random full peers.
/// </summary>
internal sealed class CompactRule(RelayTools tools) : IRelayRule
{
    /// <summary>BIP 152: a node asks at most three peers for blocks unasked.</summary>
    private const int MaxFavoured = 3;

    /// <summary>Blocks further below the tip are sent whole: Bitcoin Core's MAX_CMPCTBLOCK_DEPTH.</summary>
    private const int MaxDepth = 5;

    /// <summary>Of blocks further below the tip no single transactions are sent: Core's MAX_BLOCKTXN_DEPTH.</summary>
    private const int MaxTransactionsDepth = 10;

    /// <summary>Blocks that could not be rebuilt, and are asked for whole.</summary>
    private const int MaxRemembered = 64;

    /// <summary>Those whom we have asked to send new blocks unasked; the one that delivered last is the last.</summary>
    private readonly List<RemotePeer> _favoured = [];

    /// <summary>Those of them that announced by INV, and seem not to know.</summary>
    private readonly HashSet<RemotePeer> _unaware = [];

    /// <summary>Those who want our new blocks unasked.</summary>
    private readonly HashSet<RemotePeer> _wanting = [];

    private readonly PartialBlocks _partials = new(tools.Ids);
    private readonly HashSet<Hash256> _whole = new(tools.Ids);
    private readonly Queue<Hash256> _wholeOrder = new();

    /// <summary>The compact block that was made last: a block goes to several neighbours in a row.</summary>
    private CompactBlock? _made;

    public bool HasMessages => true;

    public void Announce(TimeSpan now, Block block, Holders holders)
    {
        if (holders.From is { } giver)
        {
            Favour(now, giver);
        }

        var lacking = new Lacking(holders, this, tools.Behaviour.SendsUnasked(block));
        foreach (var target in tools.Choose(
            int.MaxValue, lacking, static (peer, lacking) => !lacking.Holders.Has(peer) && lacking.IsSent(peer)))
        {
            tools.Send(now, target, Compact(block) with { Id = tools.NextId() });
        }

        tools.SendInventory(now, block.Id, tools.Choose(
            int.MaxValue, lacking, static (peer, lacking) => !lacking.Holders.Has(peer) && !lacking.IsSent(peer)));
    }

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from) => tools.SendTransaction(
        now,
        transaction,
        tools.Choose(tools.Settings.Fanout, from, static (peer, from) => peer != from && !peer.Info.Light));

    public void Knows(IReadOnlyList<Hash256> blockIds, RemotePeer peer)
    {
        if (blockIds.Count == 1 && _favoured.Contains(peer) && !tools.Ledger.Chain.IsKnown(blockIds[0]))
        {
            _unaware.Add(peer);
        }
    }

    public bool WantsCompact(RemotePeer peer, Hash256 blockId) =>
        tools.Understands(peer) && !_whole.Contains(blockId);

    public bool TryServeCompact(TimeSpan now, RemotePeer to, Block block)
    {
        if (!tools.Understands(to) || !IsNearTip(block.Id, MaxDepth))
        {
            return false;
        }

        tools.Send(now, to, Compact(block) with { Id = tools.NextId() });
        return true;
    }

    public bool TryReceive(TimeSpan now, RemotePeer from, Message message)
    {
        switch (message)
        {
            case SendCompact wish:
                OnWish(from, wish);
                return true;
            case CompactBlock compact:
                OnCompact(now, from, compact);
                return true;
            case GetBlockTransactions request:
                OnRequest(now, from, request);
                return true;
            case BlockTransactions answer:
                OnTransactions(now, from, answer);
                return true;
            default:
                return false;
        }
    }

    private void OnWish(RemotePeer from, SendCompact wish)
    {
        if (!wish.Unasked || !tools.Understands(from))
        {
            _wanting.Remove(from);
            return;
        }

        _wanting.RemoveWhere(static peer => peer.IsForgotten);
        _wanting.Add(from);
    }

    private void OnCompact(TimeSpan now, RemotePeer from, CompactBlock compact)
    {
        var id = compact.Header.Id;
        _unaware.Remove(from);
        if (tools.Ledger.Chain.IsKnown(id) || !_partials.HasRoomFor(id, from))
        {
            // Of one that is being rebuilt the neighbour is a further source.
            tools.Intake.Announced(now, from, [id]);
            tools.Redundant(now, MessageType.CompactBlock, from);
            return;
        }

        var partial = new PartialBlock(compact, from, tools.Ledger.Pool);
        if (partial.IsAmbiguous)
        {
            AskWhole(now, partial);
        }
        else if (partial.Missing.Count == 0)
        {
            Finish(now, partial);
        }
        else if (!tools.Understands(from) || !_partials.TryAdd(partial))
        {
            AskWhole(now, partial);
        }
        else
        {
            tools.Send(now, from, new GetBlockTransactions(tools.Self, id, partial.Missing, tools.NextId()));
            tools.Schedule(now + tools.Patience(from), later => Expire(later, partial));
        }
    }

    private void OnRequest(TimeSpan now, RemotePeer from, GetBlockTransactions request)
    {
        // Who hands over no block does not do so in pieces either.
        if (!tools.Understands(from)
            || !tools.Ledger.Chain.TryGet(request.BlockId, out var node) || node.Block is not { } block
            || !tools.Behaviour.Answers(new GetBlock(from.Id, [block.Id], request.Id)))
        {
            return;
        }

        if (request.Indexes.Any(index => index >= block.TransactionIds.Length)
            || request.Indexes.Count > block.TransactionIds.Length)
        {
            tools.Intake.BlameMistake(now, from);
        }
        else if (!IsNearTip(block.Id, MaxTransactionsDepth))
        {
            tools.SendBlock(now, block, [from]);
        }
        else
        {
            tools.Send(now, from, new BlockTransactions(
                tools.Self, block.Id, [.. request.Indexes.Select(block.TransactionAt)], tools.NextId()));
        }
    }

    private void OnTransactions(TimeSpan now, RemotePeer from, BlockTransactions answer)
    {
        if (_partials.Find(answer.BlockId, from) is not { } partial)
        {
            tools.Dropped(now, MessageType.BlockTransactions, DropReason.NotAsked, from);
            return;
        }

        _partials.Remove(partial);
        if (answer.Transactions.Count == partial.Missing.Count)
        {
            partial.Complete(answer.Transactions);
            Finish(now, partial);
        }
        else
        {
            tools.Intake.BlameMistake(now, from);
            AskWhole(now, partial);
        }
    }

    private void Finish(TimeSpan now, PartialBlock partial)
    {
        if (tools.Ledger.Chain.IsKnown(partial.Id))
        {
            tools.Redundant(now, MessageType.CompactBlock, partial.From);
        }
        else if (partial.Build() is { } block)
        {
            tools.Intake.Deliver(now, partial.From, block);
        }
        else
        {
            AskWhole(now, partial);
        }
    }

    private void Expire(TimeSpan now, PartialBlock partial)
    {
        if (_partials.Remove(partial) && !tools.Ledger.Chain.IsKnown(partial.Id))
        {
            tools.Dropped(now, MessageType.GetBlockTransactions, DropReason.Expired, partial.From);
            AskWhole(now, partial);
        }
    }

    private void AskWhole(TimeSpan now, PartialBlock partial)
    {
        if (_whole.Add(partial.Id))
        {
            _wholeOrder.Enqueue(partial.Id);
            if (_wholeOrder.Count > MaxRemembered)
            {
                _whole.Remove(_wholeOrder.Dequeue());
            }
        }

        Assertions.That(_whole.Count <= MaxRemembered, "What others can make us remember is bounded.");
        if (partial.From.IsUsable)
        {
            tools.Intake.WantWhole(now, partial.From, partial.Id);
        }
    }

    private void Favour(TimeSpan now, RemotePeer giver)
    {
        if (!tools.Understands(giver) || !giver.IsUsable)
        {
            return;
        }

        _favoured.RemoveAll(static peer => peer.IsForgotten);
        if (!_favoured.Remove(giver) || _unaware.Remove(giver))
        {
            tools.Send(now, giver, new SendCompact(tools.Self, Unasked: true, tools.NextId()));
        }

        _favoured.Add(giver);
        if (_favoured.Count > MaxFavoured)
        {
            var last = _favoured[0];
            _favoured.RemoveAt(0);
            _unaware.Remove(last);
            if (last.IsUsable && tools.Understands(last))
            {
                tools.Send(now, last, new SendCompact(tools.Self, Unasked: false, tools.NextId()));
            }
        }

        Assertions.That(_favoured.Count <= MaxFavoured, "Few are asked for blocks unasked.");
    }

    private bool IsWanting(RemotePeer peer) => _wanting.Contains(peer) && tools.Understands(peer);

    private CompactBlock Compact(Block block)
    {
        if (_made is not { } made || made.Header.Id != block.Id)
        {
            var nonce = tools.Random.NextUInt64();
            var ids = new ShortIds(block.Id, nonce);
            _made = made = new CompactBlock(
                tools.Self,
                block.Header,
                BlockFactory.EnvelopeOf(block),
                nonce,
                [.. block.TransactionIds.Select(id => ids.Of(id))],
                tools.NextId());
        }

        return made;
    }

    private bool IsNearTip(Hash256 id, int depth) =>
        tools.Ledger.Chain.TryGet(id, out var node) && node.Height > tools.Ledger.Chain.Height - depth;

    private readonly ref struct Lacking(Holders holders, CompactRule rule, bool sendsUnasked)
    {
        private readonly CompactRule _rule = rule;

        public Holders Holders { get; } = holders;

        /// <summary>Whether it gets the block at once, and no INV.</summary>
        public bool IsSent(RemotePeer peer) => sendsUnasked && _rule.IsWanting(peer);
    }
}
