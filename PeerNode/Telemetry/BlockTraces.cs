using System.Diagnostics;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// One trace per block over all nodes, in the form in which the block spread: a span at its maker, and one at everyone
/// who accepts it, below that of the peer that delivered it. Which that is, its announcement has said.
/// </summary>
internal sealed class BlockTraces(PeerId self, ActivitySource source)
{
    /// <summary>A newcomer that catches up on thousands of blocks tells of these, not of all.</summary>
    private const int MaxPerSecond = 100;

    private const int MaxOpen = 64;
    private const int Remembered = 1_024;

    /// <summary>Copies and announcements that come within this time of the acceptance are counted.</summary>
    private static readonly TimeSpan CountedFor = TimeSpan.FromSeconds(3);

    private readonly RecentMap<(Hash256 Block, PeerId From), SpanContext> _announced = new(Remembered);
    private readonly RecentMap<Hash256, SpanContext> _firstAnnounced = new(Remembered);
    private readonly RecentMap<Hash256, TimeSpan> _heardOf = new(Remembered);
    private readonly RecentMap<Hash256, Delivery> _orphans = new(Remembered);
    private readonly RecentMap<Hash256, BlockSpan> _own = new(Remembered);
    private readonly Queue<BlockSpan> _open = new();
    private RateBound _bound = new(MaxPerSecond);

    public void Announced(TimeSpan now, PeerId from, Inv inventory)
    {
        if (inventory.BlockIds is not [var id] || from.IsStranger)
        {
            return;
        }

        if (_own.TryGet(id, out var span))
        {
            span.CountAnnouncement();
            return;
        }

        _heardOf.TryAdd(id, now);
        if (SpanContext.TryRead(inventory, out var context) && context.Context.TraceId == SpanContext.TraceOf(id))
        {
            _announced.Set((id, from), context);
            _firstAnnounced.TryAdd(id, context);
        }
    }

    public void Asked(TimeSpan now, PeerId from, GetBlock request)
    {
        if (request.BlockIds is [var id]
            && _own.TryGet(id, out var span)
            && SpanContext.TryRead(request, out var context)
            && context.Context.SpanId == span.Context.Context.SpanId)
        {
            span.AskedBy(now, from.Value);
        }
    }

    public void Came(TimeSpan now, Block block)
    {
        if (!block.HasValidId)
        {
            return;
        }

        if (_own.TryGet(block.Id, out var span))
        {
            span.CountDuplicate();
        }
        else
        {
            _heardOf.TryAdd(block.Id, now);
        }
    }

    public void Orphaned(Hash256 id, Delivery delivery) => _orphans.Set(id, delivery);

    /// <summary>Leaves the span current, for what is measured and logged about the acceptance.</summary>
    /// <param name="delivery">Of what has just come; an orphan that it let in was delivered earlier.</param>
    /// <returns>Null if the block is not traced.</returns>
    public SpanContext? Accepted(TimeSpan now, ChainNode node, Delivery delivery)
    {
        var isOwn = node.Header.Sender == self && delivery.From == self;
        if (_orphans.TryGet(node.Id, out var earlier))
        {
            delivery = earlier;
        }

        var parent = isOwn ? null : ParentOf(node.Id, delivery.From) ?? FirstWitness(node);
        var hops = isOwn ? 0 : parent?.Hops + 1;
        var name = isOwn ? SpanNames.BlockMade : SpanNames.BlockAccepted;
        if (Start(
            name, isOwn, now, node.Id, node.Header.Sender, node.Header.Timestamp, delivery, parent) is not { } activity)
        {
            return null;
        }

        var span = new BlockSpan(activity, SpanContext.Of(activity, hops), now);
        activity.TraceStateString = span.Context.TraceState;
        activity.SetTag(SpanNames.BlockHeight, node.Height);
        if (hops is not null)
        {
            activity.SetTag(SpanNames.Hops, hops);
        }

        _own.Set(node.Id, span);
        _open.Enqueue(span);
        return span.Context;
    }

    public void Rejected(BlockRejected rejected, Delivery delivery)
    {
        var from = _orphans.TryGet(rejected.Block, out var earlier) ? earlier : delivery;
        var parent = ParentOf(rejected.Block, from.From);
        using var span = Start(
            SpanNames.BlockRejected, isOwn: false, rejected.Time, rejected.Block, rejected.Maker,
            rejected.Made.TotalSeconds, from, parent);
        span?.SetStatus(ActivityStatusCode.Error, rejected.Why);
    }

    /// <summary>What an announcement, or a request, says of the trace.</summary>
    /// <returns>Null if it has nothing to say.</returns>
    public SpanContext? ContextFor(PeerId target, Message message) => message switch
    {
        Inv { BlockIds: [var id] } => _own.TryGet(id, out var span) ? span.Context : null,
        GetBlock { BlockIds: [var id] } => ParentOf(id, target),
        _ => null,
    };

    public void CloseDue(TimeSpan now)
    {
        while (_open.TryPeek(out var span) && (_open.Count > MaxOpen || now - span.AcceptedAt >= CountedFor))
        {
            _open.Dequeue().Close();
        }
    }

    public void CloseAll() => CloseDue(TimeSpan.MaxValue);

    /// <summary>
    /// A light peer takes a header on the word of two, and the second may have told it without an announcement.
    /// </summary>
    private SpanContext? FirstWitness(ChainNode node) =>
        node.Block is null && _firstAnnounced.TryGet(node.Id, out var context) ? context : null;

    private SpanContext? ParentOf(Hash256 id, PeerId from) =>
        _announced.TryGet((id, from), out var context) ? context : null;

    private Activity? Start(
        string name,
        bool isOwn,
        TimeSpan now,
        Hash256 block,
        PeerId maker,
        double made,
        Delivery delivery,
        SpanContext? parent)
    {
        if (!_bound.TryTake(now))
        {
            return null;
        }

        // A clock that is behind the maker's would have the block arrive before its making.
        var age = Math.Max(0, now.TotalSeconds - made);
        var end = DateTime.UnixEpoch + now;
        var begin = isOwn ? end - TimeSpan.FromSeconds(age)
            : _heardOf.TryGet(block, out var heard) ? DateTime.UnixEpoch + heard
            : end;
        var span = source.StartActivity(
            name,
            isOwn ? ActivityKind.Producer : ActivityKind.Consumer,
            parent?.Context ?? SpanContext.RootOf(block),
            startTime: begin < end ? begin : end.AddTicks(-1));
        if (span is not { Recorded: true })
        {
            span?.Dispose();
            return null;
        }

        return span
            .SetTag(SpanNames.BlockId, block.ToString())
            .SetTag(SpanNames.BlockMaker, maker.Value)
            .SetTag(SpanNames.Peer, self.Value)
            .SetTag(SpanNames.From, delivery.From.Value)
            .SetTag(SpanNames.Via, delivery.Via.Value)
            .SetTag(SpanNames.Age, age)
            .SetEndTime(end);
    }
}
