using Blockchain.Shared.Chain;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Spreading;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Receiving;

/// <summary>
/// What becomes of a message that arrives: blacklist, inbound limit, id, way of a RELAY, duplicate, and then the part
/// that handles it.
/// </summary>
internal sealed class Receiver(
    PeerContext context,
    Heartbeat heartbeat,
    Discovery discovery,
    IRelayRule relayRule,
    BlockExchange blocks,
    BlockServer server,
    HeaderSync headers)
    : IRelayIntake
{
    private readonly SeenCache _seen = new(context.Settings.SeenFor, context.Settings.SeenLimit, context.Ids);
    private readonly StrangerLimits _strangers = new(context.Settings.InboundLimit);

    /// <param name="neighbour">Who handed it over; null for a stranger.</param>
    /// <param name="via">Whom the transport identified.</param>
    /// <param name="verdict">What its signatures say.</param>
    public void Receive(TimeSpan now, RemotePeer? neighbour, PeerId via, Message message, Verdict verdict)
    {
        if (neighbour is { IsBanned: true })
        {
            Drop(now, message.Type, DropReason.Blacklisted, via);
            return;
        }

        if (discovery.Neighbourhood is not null && neighbour is not { IsNeighbour: true } && message is not Hello)
        {
            // Its HELLO would make it a neighbour; until then, it is an address.
            Drop(now, message.Type, DropReason.UnknownSender, via);
            return;
        }

        if (neighbour is { IsConfirmed: false } && !discovery.TryConfirm(now, neighbour))
        {
            neighbour = null;
        }

        // Before anything is remembered, so that a message refused now may come again later.
        if (!(neighbour?.TryAcceptInbound(now) ?? _strangers.TryAccept(now, via)))
        {
            Drop(now, message.Type, DropReason.InboundLimit, via);
            return;
        }

        if (neighbour is not null)
        {
            heartbeat.Heard(now, neighbour);
        }

        if (!IsValid(message))
        {
            Refuse(now, message.Type, DropReason.InvalidId, via, message);
            if (neighbour is not null)
            {
                Refute(now, neighbour, message);
                relayRule.DeliveredFalse(neighbour);
            }
        }
        else if (verdict != Verdict.Proven)
        {
            RefuseUnproven(now, neighbour, via, message, verdict);
        }
        else if (message is Relay relay)
        {
            ReceiveRelay(now, neighbour, via, relay);
        }
        else
        {
            Dispatch(now, neighbour, via, message);
        }
    }

    private static bool IsValid(Message message) => message switch
    {
        Block block => block.HasValidId,
        Transaction transaction => transaction.HasValidId,
        Relay relay => IsValid(relay.Payload),
        BlockTransactions part => part.HasValidIds,
        StemTransaction stem => stem.Transaction.HasValidId,
        _ => true,
    };

    /// <summary>
    /// That a maker is unknown is no offence: the peer that delivered it may have a newer file. A peer that believes
    /// our file
    /// does not pass it on.
    /// </summary>
    private void RefuseUnproven(TimeSpan now, RemotePeer? neighbour, PeerId via, Message message, Verdict verdict)
    {
        var isBad = verdict == Verdict.BadSignature;
        var reason = isBad ? DropReason.InvalidSignature : DropReason.UnknownMaker;
        Drop(now, message.Type, reason, via);
        if (context.Reports.IsListening)
        {
            context.Reports.Happened(
                new MessageRefused(now, context.Self.Id, message.Type, reason, via, Refusals.Of(message, verdict)));
        }

        if (neighbour is null)
        {
            return;
        }

        if (message is Block block)
        {
            blocks.OnFalseBlock(now, neighbour, block.Id);
        }

        if (isBad)
        {
            Blame(now, neighbour);
        }
    }

    private void Refute(TimeSpan now, RemotePeer neighbour, Message message)
    {
        if (message is Block block)
        {
            blocks.OnFalseBlock(now, neighbour, block.Id);
        }

        Blame(now, neighbour);
    }

    private void ReceiveRelay(TimeSpan now, RemotePeer? neighbour, PeerId via, Relay relay)
    {
        if (neighbour is null)
        {
            Drop(now, MessageType.Relay, DropReason.UnknownSender, via);
            return;
        }

        if (!IsItsWay(relay.Sender, neighbour))
        {
            Drop(now, MessageType.Relay, DropReason.UnknownSender, via);
            return;
        }

        if (relay.Sender == context.Self.Id || !_seen.Add(KeyOf(relay), null, now))
        {
            context.Reports.Redundant(now, MessageType.Relay, via);
            return;
        }

        if (relay.Target != context.Self.Id)
        {
            Forward(now, via, relay);
            return;
        }

        context.Reports.Unwrapped(now, via, relay);
        if (context.Identity is not null)
        {
            discovery.LearnPlanned(now, relay.Sender);
        }

        var origin = context.Table.Find(relay.Sender);
        if (origin is null && relay.Payload is Hello hello && hello.Sender == relay.Sender
            && !NetworkPlan.CanReach(context.Self, hello.Info))
        {
            discovery.OnHelloFromAfar(now, via, hello.Info);
            return;
        }

        if (origin is { IsBanned: true })
        {
            Drop(now, relay.Payload.Type, DropReason.Blacklisted, origin.Id);
            return;
        }

        if (origin is { IsConfirmed: false } && !discovery.TryConfirm(now, origin))
        {
            origin = null;
        }

        if (origin is not null)
        {
            heartbeat.Heard(now, origin);
        }

        Dispatch(now, origin, via, relay.Payload);
    }

    /// <summary>
    /// Whether a RELAY of this origin comes this way: from the origin itself, or over a relay of one that cannot
    /// connect
    /// to us. Where origins do not sign, anybody could write another one into it. Of an origin that nobody knows here,
    /// nothing can be said.
    /// </summary>
    private bool IsItsWay(PeerId originId, RemotePeer neighbour) =>
        originId == neighbour.Id
        || context.Identity is not null
        || context.Table.Find(originId) is not { IsConfirmed: true } origin
        || context.Routes.IsRelayOf(origin, neighbour);

    /// <summary>What an origin has signed can be written in many ways, of which only the first is new.</summary>
    private MessageId KeyOf(Relay relay) =>
        context.Identity is null ? RelayKey.Of(relay) : RelayKey.OfProven(relay.Sender, relay.Id);

    private void Forward(TimeSpan now, PeerId via, Relay relay)
    {
        if (!context.Behaviour.Shows(relay, isOwn: false))
        {
            return;
        }

        if (context.Table.Find(relay.Target) is not { } target)
        {
            Drop(now, MessageType.Relay, DropReason.NoRoute, relay.Target);
            return;
        }

        context.Reports.Relayed(now, relay, via);
        context.Send(now, target, relay);
    }

    /// <param name="from">Who sent it, and gets the answer: the neighbour, or the origin of a RELAY.</param>
    private void Dispatch(TimeSpan now, RemotePeer? from, PeerId via, Message message)
    {
        if (context.SpokenRelay is not null && from is not null && message is (Block or Transaction))
        {
            relayRule.Delivered(from, message);
        }

        switch (message)
        {
            case Block block:
                // One that breaks a rule of the chain is refused, but is no offence: a node that has other rules passes
                // it on in good faith, and so do relays, which verify ids and no more.
                blocks.OnBlock(now, from, via, block);
                return;
            case Inv inventory when from is not null && blocks.TryOnKnown(now, from, inventory.BlockIds):
                // Most of all messages: not worth remembering, since a copy of it would tell nothing new either.
                return;
            case UnknownMessage or Challenge or Proof:
                // The last two are between transports of a signed network, which keep them to themselves.
                Refuse(now, message.Type, DropReason.UnknownType, via, message);
                return;
            case not Transaction when from is null:
                Drop(now, message.Type, DropReason.UnknownSender, via);
                return;
        }

        // A RELAY has been looked for as a whole. Of the others only ids that are hashes prove themselves; of the rest
        // each neighbour has its own.
        var isNew = message is Transaction
            ? _seen.Add(message.Key, null, now)
            : from!.Id != via || _seen.Add(message.Key, from, now);
        if (!isNew)
        {
            context.Reports.Redundant(now, message.Type, via);
            return;
        }

        if (message is Transaction transaction)
        {
            OnTransaction(now, from, via, transaction);
        }
        else
        {
            DispatchKnown(now, from!, via, message);
        }
    }

    private void DispatchKnown(TimeSpan now, RemotePeer from, PeerId via, Message message)
    {
        switch (message)
        {
            case Hello hello:
                discovery.OnHello(now, from, hello, isDirect: via == from.Id);
                break;
            case Ping ping:
                heartbeat.OnPing(now, from, ping);
                break;
            case Pong pong:
                heartbeat.OnPong(now, from, pong);
                break;
            case Inv inventory:
                blocks.OnInventory(now, from, inventory);
                break;
            case GetBlock request:
                server.OnGetBlock(now, from, request);
                break;
            case GetBlockHeaders request:
                headers.OnGetHeaders(now, from, request);
                break;
            case BlockHeaders answer:
                // A signature shows who speaks; without, it is the word of the peer that delivered it.
                var by = context.Identity is not null ? from : context.Table.Find(via) ?? from;
                headers.OnHeaders(now, from, by, answer);
                break;
            case GetPeers:
                discovery.OnGetPeers(now, from);
                break;
            case PeerList list:
                discovery.OnPeerList(now, via, list);
                break;
            default:
                if (context.SpokenRelay is null || !relayRule.TryReceive(now, from, message))
                {
                    // Of a rule that this peer does not have.
                    Refuse(now, message.Type, DropReason.UnknownType, via, message);
                }

                break;
        }
    }

    public void Announced(TimeSpan now, RemotePeer from, IReadOnlyList<Hash256> blockIds) =>
        blocks.Want(now, from, blockIds, isNews: true);

    public void WantWhole(TimeSpan now, RemotePeer from, Hash256 blockId) => blocks.WantWhole(now, from, blockId);

    public bool IsProven(TimeSpan now, RemotePeer from, Transaction transaction)
    {
        var verdict = context.Identity?.Judge(transaction) ?? Verdict.Proven;
        if (verdict != Verdict.Proven)
        {
            RefuseUnproven(now, from, from.Id, transaction, verdict);
        }

        return verdict == Verdict.Proven;
    }

    public void BlameMistake(TimeSpan now, RemotePeer from) =>
        context.Standings.Blame(now, from, Offence.Malformed);

    public void Deliver(TimeSpan now, RemotePeer from, Message message)
    {
        Assertions.That(IsValid(message), "What a rule delivers has the right ids.");
        var verdict = context.Identity?.Judge(message) ?? Verdict.Proven;
        if (verdict == Verdict.Proven)
        {
            Dispatch(now, from, from.Id, message);
        }
        else
        {
            RefuseUnproven(now, from, from.Id, message, verdict);
        }
    }

    private void OnTransaction(TimeSpan now, RemotePeer? from, PeerId via, Transaction transaction)
    {
        if (context.Self.Light)
        {
            // Nobody should have sent it; a light peer has no use for it.
            context.Reports.Redundant(now, MessageType.Tx, via);
            return;
        }

        switch (context.Ledger.AddTransaction(transaction, via))
        {
            case AddOutcome.Added:
                context.Reports.TransactionAccepted(now, transaction, via);
                if (context.Behaviour.Shows(transaction, isOwn: false))
                {
                    relayRule.Spread(now, transaction, from);
                }

                break;
            case AddOutcome.Full:
                Drop(now, MessageType.Tx, DropReason.PoolFull, via);
                break;
            case AddOutcome.TooLarge:
                Drop(now, MessageType.Tx, DropReason.TooLarge, via);
                break;
            default:
                context.Reports.Redundant(now, MessageType.Tx, via);
                break;
        }
    }

    private void Blame(TimeSpan now, RemotePeer neighbour) =>
        context.Standings.Blame(now, neighbour, Offence.FalseId);

    private void Refuse(TimeSpan now, MessageType type, DropReason reason, PeerId via, Message message)
    {
        Drop(now, type, reason, via);
        if (context.Reports.IsListening)
        {
            context.Reports.Happened(
                new MessageRefused(now, context.Self.Id, type, reason, via, Refusals.Of(message)));
        }
    }

    private void Drop(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
        context.Reports.Dropped(now, type, reason, peer);
}
