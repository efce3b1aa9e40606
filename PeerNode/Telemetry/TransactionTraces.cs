using System.Diagnostics;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// One trace per transaction, from its making over its acceptances into a block. A TX carries the context itself. So
/// many per second are traced, whatever the load.
/// </summary>
/// <param name="perSecond">
/// At most so many spans of transactions whose trace begins here, as many of those that came with one, and as many that
/// say which block they got into.
/// </param>
internal sealed class TransactionTraces(PeerId self, ActivitySource source, int perSecond)
{
    private const int Remembered = 1_024;

    private readonly RecentMap<Hash256, SpanContext> _own = new(Remembered);
    private RateBound _begun = new(perSecond);
    private RateBound _continued = new(perSecond);
    private RateBound _included = new(perSecond);

    /// <returns>The span, current until it is disposed; null if the transaction is not traced.</returns>
    public Activity? Made(TimeSpan now, Transaction transaction) =>
        _begun.TryTake(now)
            ? Start(SpanNames.TransactionMade, now, transaction.Id, SpanContext.RootOf(transaction.Id), hops: 0)
            : null;

    /// <inheritdoc cref="Made"/>
    public Activity? Accepted(TimeSpan now, Transaction transaction, Delivery delivery)
    {
        var hasParent = SpanContext.TryRead(transaction, out var parent);
        if (!(hasParent ? _continued.TryTake(now) : _begun.TryTake(now)))
        {
            return null;
        }

        var context = hasParent ? parent.Context : SpanContext.RootOf(transaction.Id);
        var hops = hasParent ? parent.Hops + 1 : null;
        return Start(SpanNames.TransactionAccepted, now, transaction.Id, context, hops)?
            .SetTag(SpanNames.From, delivery.From.Value)
            .SetTag(SpanNames.Via, delivery.Via.Value);
    }

    /// <summary>This peer has made a block: of its traced transactions, the trace ends there.</summary>
    /// <param name="block">The block's own span, if it has one.</param>
    public void Included(TimeSpan now, ChainNode node, SpanContext? block)
    {
        if (_own.Count == 0)
        {
            return;
        }

        ActivityLink[] links = block is { } link ? [new ActivityLink(link.Context)] : [];
        foreach (var id in node.TransactionIds)
        {
            if (_own.TryGet(id, out var transaction) && _included.TryTake(now))
            {
                using var span = Begin(SpanNames.TransactionIncluded, now, id, transaction.Context, links)?
                    .SetTag(SpanNames.BlockId, node.Id.ToString())
                    .SetTag(SpanNames.BlockHeight, node.Height);
            }
        }
    }

    /// <returns>Null if the transaction is not traced here: it is then handed on as it came.</returns>
    public SpanContext? ContextOf(Transaction transaction) =>
        _own.TryGet(transaction.Id, out var context) ? context : null;

    private Activity? Start(string name, TimeSpan now, Hash256 id, ActivityContext parent, int? hops)
    {
        if (Begin(name, now, id, parent, []) is not { } span)
        {
            return null;
        }

        var context = SpanContext.Of(span, hops);
        span.TraceStateString = context.TraceState;
        _own.Set(id, context);
        return hops is null ? span : span.SetTag(SpanNames.Hops, hops);
    }

    private Activity? Begin(string name, TimeSpan now, Hash256 id, ActivityContext parent, ActivityLink[] links)
    {
        // What it does takes no time that a clock could tell; no time at all would count as not ended.
        var end = DateTime.UnixEpoch + now;
        var kind = name == SpanNames.TransactionMade ? ActivityKind.Producer : ActivityKind.Consumer;
        var span = source.StartActivity(kind, parent, links: links, startTime: end.AddTicks(-1), name: name);
        if (span is not { Recorded: true })
        {
            span?.Dispose();
            return null;
        }

        return span
            .SetTag(SpanNames.TransactionId, id.ToString())
            .SetTag(SpanNames.Peer, self.Value)
            .SetEndTime(end);
    }
}
