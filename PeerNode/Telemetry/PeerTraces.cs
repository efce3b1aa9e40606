using System.Diagnostics;
using Blockchain.PeerNode.Configuration;
using Blockchain.Shared;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Telemetry;

/// <summary>
/// The traces of what spreads. Listens to the peer, and writes the trace context into what it hands to the transport;
/// the peer itself knows nothing of it. Belongs to the event loop.
/// </summary>
internal sealed class PeerTraces : IDisposable
{
    private readonly PeerId _self;
    private readonly ActivitySource _source = new(SpanNames.Source);
    private readonly BlockTraces _blocks;
    private readonly TransactionTraces _transactions;

    /// <summary>Of the message that the peer is at work on.</summary>
    private Delivery _delivery;

    public PeerTraces(NodeOptions options)
    {
        _self = options.Plan.Id;
        _blocks = new BlockTraces(_self, _source);
        _transactions = new TransactionTraces(_self, _source, options.TransactionTraces);
    }

    /// <summary>Somebody collects spans. Else nothing is remembered, and messages stay as they are.</summary>
    public bool IsOn => _source.HasListeners();

    public void Received(TimeSpan now, PeerId via, Message message)
    {
        if (!IsOn)
        {
            return;
        }

        _delivery = new Delivery(via, via);
        if (message is Relay relay)
        {
            if (relay.Target != _self)
            {
                return;
            }

            _delivery = new Delivery(relay.Sender, via);
            message = relay.Payload;
        }

        switch (message)
        {
            case Inv inventory:
                _blocks.Announced(now, _delivery.From, inventory);
                break;
            case GetBlock request:
                _blocks.Asked(now, _delivery.From, request);
                break;
            case Block block:
                _blocks.Came(now, block);
                break;
        }
    }

    /// <inheritdoc cref="TransactionTraces.Made"/>
    public Activity? TransactionMade(TimeSpan now, Transaction transaction) =>
        IsOn ? _transactions.Made(now, transaction) : null;

    /// <inheritdoc cref="TransactionTraces.Accepted"/>
    public Activity? TransactionAccepted(TimeSpan now, Transaction transaction) =>
        IsOn ? _transactions.Accepted(now, transaction, _delivery) : null;

    public void BlockOrphaned(Hash256 id)
    {
        if (IsOn)
        {
            _blocks.Orphaned(id, _delivery);
        }
    }

    /// <summary>Leaves its span current, for what is measured and logged about the acceptance.</summary>
    public void BlockAccepted(TimeSpan now, ChainNode node, PeerId via)
    {
        if (!IsOn)
        {
            return;
        }

        // What the peer makes itself, nobody has delivered.
        var delivery = via == _self ? new Delivery(_self, _self) : _delivery;
        var span = _blocks.Accepted(now, node, delivery);
        if (via == _self && node.Header.Sender == _self)
        {
            _transactions.Included(now, node, span);
        }
    }

    public void BlockRejected(BlockRejected rejected)
    {
        if (IsOn)
        {
            _blocks.Rejected(rejected, _delivery);
        }
    }

    /// <summary>
    /// The message as it goes over the wire: with our own context where it says something of a block or transaction
    /// that we trace. What others have made, a RELAY on its way above all, stays as it is.
    /// </summary>
    public Message Stamp(PeerId target, Message message)
    {
        if (!IsOn)
        {
            return message;
        }

        switch (message)
        {
            case Transaction transaction when _transactions.ContextOf(transaction) is { } context:
                return TransactionFactory.WithTrace(transaction, context.TraceParent, context.TraceState);
            case Inv or GetBlock when _blocks.ContextFor(target, message) is { } context:
                return message with { TraceParent = context.TraceParent, TraceState = context.TraceState };
            case Relay { Json.IsEmpty: true } relay:
                var payload = Stamp(relay.Target, relay.Payload);
                return ReferenceEquals(payload, relay.Payload) ? relay : relay with
                {
                    Payload = payload,
                    TraceParent = payload.TraceParent,
                    TraceState = payload.TraceState,
                };
            default:
                return message;
        }
    }

    /// <summary>Ends the spans that have been open for long enough.</summary>
    public void CloseDue(TimeSpan now) => _blocks.CloseDue(now);

    public void Dispose()
    {
        _blocks.CloseAll();
        _source.Dispose();
    }
}
