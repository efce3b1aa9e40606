using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Inbox;
using Blockchain.Shared.Ledger;
using Blockchain.Shared.Messages;
using Blockchain.Shared.Outbox;
using Blockchain.Shared.Peers;
using Blockchain.Shared.Topology;

namespace Blockchain.Shared;

/// <summary>
/// One peer of the network: a single-threaded state machine without IO. Its host tells it what happened and what time
/// it is (as the time since the Unix epoch, never decreasing); it answers through <see cref="ITransmitter"/> and
/// <see cref="IPeerEvents"/>. The same calls in the same order give the same answers.
/// </summary>
public sealed class Peer
{
    private readonly PeerContext _context;
    private readonly Heartbeat _heartbeat;
    private readonly Discovery _discovery;
    private readonly Gossip _gossip;
    private readonly BlockExchange _blocks;
    private readonly HeaderSync _headers;
    private readonly Producer _producer;
    private readonly SeenCache _seen;
    private readonly StrangerLimits _strangers;

    /// <param name="plan">Who it is and how it behaves.</param>
    /// <param name="known">The peers that it knows at the start.</param>
    /// <param name="seed">Everything random about it follows from this.</param>
    public Peer(
        PeerPlan plan, IEnumerable<PeerInfo> known, ITransmitter transmitter, IPeerEvents events, ulong seed)
    {
        _context = new PeerContext(plan, transmitter, events, seed);
        _heartbeat = new Heartbeat(_context);
        _discovery = new Discovery(_context, _heartbeat);
        _gossip = new Gossip(_context);
        _blocks = new BlockExchange(_context, _gossip, new HeaderWitnesses(_context));
        _headers = new HeaderSync(_context, _blocks);
        _heartbeat.Returned = _headers.OnReturned;
        _producer = new Producer(_context, _gossip, _blocks);
        _seen = new SeenCache(plan.Settings.SeenFor, plan.Settings.SeenLimit);
        _strangers = new StrangerLimits(plan.Settings.InboundLimit);
        foreach (var info in known)
        {
            _context.Table.Learn(TimeSpan.Zero, info, isPlanned: true);
        }
    }

    public PeerPlan Plan => _context.Plan;

    public PeerInfo Info => _context.Self;

    public PeerTable Table => _context.Table;

    public LocalLedger Ledger => _context.Ledger;

    /// <summary>Messages per second that it may send now; zero: no limit.</summary>
    public double Capacity => _context.Outbox.Capacity;

    /// <summary>Whether it makes up the ids of its blocks.</summary>
    public bool IsMalicious
    {
        get => _producer.IsMalicious;
        set => _producer.IsMalicious = value;
    }

    /// <summary>Whether it makes transactions and blocks at its intervals.</summary>
    public bool IsGenerating
    {
        get => _producer.IsGenerating;
        set => _producer.IsGenerating = value;
    }

    /// <summary>
    /// Whether its network is cut off: it then reaches peers of its own network only, and is reached by them only. The
    /// host ends the connections that <see cref="Admits"/> no longer allows.
    /// </summary>
    public bool IsCutOff
    {
        get => _context.Table.IsCutOff;
        set => _context.Table.IsCutOff = value;
    }

    /// <summary>
    /// Whether it stands still: it drops what comes, and what is due waits until it goes on, when all of that is due.
    /// </summary>
    public bool IsPaused { get; set; }

    /// <summary>When <see cref="Advance"/> must next be called; <see cref="TimeSpan.MaxValue"/>: not by itself.</summary>
    public TimeSpan NextDue => IsPaused ? TimeSpan.MaxValue : _context.Timers.NextDue;

    public void Start(TimeSpan now)
    {
        foreach (var peer in _context.Table.All)
        {
            peer.LastHeard = now;
        }

        _context.Outbox.Start(now);
        _discovery.Start(now);
        _headers.Start(now);
        _producer.Start(now);
    }

    /// <summary>Does what is due.</summary>
    public void Advance(TimeSpan now)
    {
        if (!IsPaused)
        {
            _context.Timers.RunDue(now);
        }
    }

    /// <summary>A transmission that was handed to the transport did not leave.</summary>
    public void TransmitFailed(TimeSpan now, Transmission transmission) =>
        _context.Outbox.Failed(now, transmission, DropReason.Unreachable);

    /// <summary>
    /// Who is behind a connection from this address, before anything was said on it. From our own address comes somebody
    /// who shares it, and has to say who.
    /// </summary>
    public PeerId Identify(string ip) =>
        (ip == Info.Ip ? null : _context.Table.FindByAddress(ip)?.Id) ?? PeerId.OfStranger(ip);

    /// <summary>
    /// Who is behind a stranger's connection once it has said HELLO. Believed if it names the address that it comes
    /// from, unless that name belongs to a peer elsewhere.
    /// </summary>
    public PeerId Identify(TimeSpan now, string ip, Hello hello)
    {
        var known = _context.Table.Find(hello.Sender);
        if (hello.Info.Ip != ip || hello.Sender == Info.Id || (known is not null && known.Info.Ip != ip))
        {
            return PeerId.OfStranger(ip);
        }

        if (known is null)
        {
            _discovery.Learn(now, hello.Info);
        }

        return _context.Table.Find(hello.Sender)?.Id ?? PeerId.OfStranger(ip);
    }

    /// <summary>
    /// Whether a connection from this peer or stranger is accepted: a NATed peer refuses whoever is not known to be of
    /// its group, and nobody is reached by a peer that cannot reach it. Where addresses are shared, a stranger may be
    /// anybody until it has said HELLO; then this is to be asked again.
    /// </summary>
    public bool Admits(PeerId id) => _context.Table.Find(id) is { } peer
        ? _context.Table.CanReach(peer)
        : !Info.Nat || _context.Table.SharesAddress;

    /// <summary>
    /// What the host says first on every connection that it opens, outside the simulated network, if nothing else tells
    /// the other side who this is; null where the address does.
    /// </summary>
    public Hello? Introduction() =>
        _context.Table.SharesAddress ? new Hello(Info, _context.Random.NextMessageId()) : null;

    /// <summary>A line that is no message.</summary>
    public void ReceiveMalformed(TimeSpan now, PeerId via, MalformedReason reason) =>
        Drop(now, MessageType.Unknown, reason == MalformedReason.LineTooLong
            ? DropReason.LineTooLong
            : DropReason.Malformed, via);

    /// <param name="via">
    /// Whom the transport identified: a known peer, or a stranger by its address. Not whom the message claims.
    /// </param>
    public void Receive(TimeSpan now, PeerId via, Message message)
    {
        _context.Events.Received(now, via, message);
        if (IsPaused)
        {
            Drop(now, message.Type, DropReason.Paused, via);
            return;
        }

        var neighbour = _context.Table.Find(via);
        if (neighbour is { IsBanned: true })
        {
            Drop(now, message.Type, DropReason.Blacklisted, via);
            return;
        }

        // Before anything is remembered, so that a message refused now may come again later.
        if (!(neighbour?.TryAcceptInbound(now) ?? _strangers.TryAccept(now, via)))
        {
            Drop(now, message.Type, DropReason.InboundLimit, via);
            return;
        }

        if (neighbour is not null)
        {
            _heartbeat.Heard(now, neighbour);
        }

        if (!IsValid(message))
        {
            Drop(now, message.Type, DropReason.InvalidId, via);
            if (neighbour is not null)
            {
                Refute(now, neighbour, message);
            }
        }
        else if (message is Relay relay)
        {
            ReceiveRelay(now, neighbour, via, relay);
        }
        else
        {
            Dispatch(now, neighbour, neighbour, via, message);
        }
    }

    /// <summary>Makes a transaction now; false on a light peer and when the pool is full.</summary>
    public bool TryMakeTransaction(
        TimeSpan now, PeerId to, long amount, [NotNullWhen(true)] out Transaction? transaction) =>
        _producer.MakeTransaction(now, to, amount, out transaction);

    /// <summary>Makes a block now; false on a light peer.</summary>
    public bool TryMakeBlock(TimeSpan now, [NotNullWhen(true)] out Block? block) =>
        _producer.MakeBlock(now, out block);

    private static bool IsValid(Message message) => message switch
    {
        Block block => block.HasValidId,
        Transaction transaction => transaction.HasValidId,
        Relay relay => IsValid(relay.Payload),
        _ => true,
    };

    private void Refute(TimeSpan now, RemotePeer neighbour, Message message)
    {
        if (message is Block block)
        {
            _blocks.OnFalseBlock(now, neighbour, block.Id);
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

        if (relay.Sender == Info.Id || !_seen.Add(relay.Key, now))
        {
            _context.Events.Redundant(now, MessageType.Relay, via);
            return;
        }

        if (relay.Target != Info.Id)
        {
            Forward(now, via, relay);
            return;
        }

        var origin = _context.Table.Find(relay.Sender);
        if (origin is null && relay.Payload is Hello hello && hello.Sender == relay.Sender)
        {
            origin = _discovery.Learn(now, hello.Info);
        }

        if (origin is { IsBanned: true })
        {
            Drop(now, relay.Payload.Type, DropReason.Blacklisted, origin.Id);
            return;
        }

        if (origin is not null)
        {
            _heartbeat.Heard(now, origin);
        }

        // Relays verify ids and no more, so they are not to blame for a block that breaks a rule of the chain.
        Dispatch(now, culprit: null, origin, via, relay.Payload);
    }

    private void Forward(TimeSpan now, PeerId via, Relay relay)
    {
        if (_context.Table.Find(relay.Target) is not { } target)
        {
            Drop(now, MessageType.Relay, DropReason.NoRoute, relay.Target);
            return;
        }

        _context.Events.Relayed(now, relay, via);
        _context.Send(now, target, relay);
    }

    /// <param name="culprit">Who is to blame if the message breaks a rule.</param>
    /// <param name="from">Who sent it, and gets the answer: the neighbour, or the origin of a RELAY.</param>
    private void Dispatch(TimeSpan now, RemotePeer? culprit, RemotePeer? from, PeerId via, Message message)
    {
        switch (message)
        {
            case Block block:
                if (!_blocks.OnBlock(now, from, via, block) && culprit is not null)
                {
                    Blame(now, culprit);
                }

                return;
            case UnknownMessage:
                Drop(now, MessageType.Unknown, DropReason.UnknownType, via);
                return;
            case not Transaction when from is null:
                Drop(now, message.Type, DropReason.UnknownSender, via);
                return;
        }

        if (!_seen.Add(message.Key, now))
        {
            _context.Events.Redundant(now, message.Type, via);
            return;
        }

        if (message is Transaction transaction)
        {
            OnTransaction(now, from, via, transaction);
        }
        else
        {
            Dispatch(now, from!, via, message);
        }
    }

    private void Dispatch(TimeSpan now, RemotePeer from, PeerId via, Message message)
    {
        switch (message)
        {
            case Hello hello:
                _discovery.OnHello(now, from, hello, isDirect: via == from.Id);
                break;
            case Ping ping:
                _heartbeat.OnPing(now, from, ping);
                break;
            case Pong pong:
                _heartbeat.OnPong(now, from, pong);
                break;
            case Inv inventory:
                _blocks.OnInventory(now, from, inventory);
                break;
            case GetBlock request:
                _blocks.OnGetBlock(now, from, request);
                break;
            case GetBlockHeaders request:
                _headers.OnGetHeaders(now, from, request);
                break;
            case BlockHeaders answer:
                _headers.OnHeaders(now, from, answer);
                break;
            case GetPeers:
                _discovery.OnGetPeers(now, from);
                break;
            case PeerList list:
                _discovery.OnPeerList(now, list);
                break;
        }
    }

    private void OnTransaction(TimeSpan now, RemotePeer? from, PeerId via, Transaction transaction)
    {
        if (Info.Light)
        {
            // Nobody should have sent it; a light peer has no use for it.
            _context.Events.Redundant(now, MessageType.Tx, via);
            return;
        }

        switch (_context.Ledger.AddTransaction(transaction))
        {
            case AddOutcome.Added:
                _context.Events.TransactionAccepted(now, transaction, via);
                _gossip.Spread(now, transaction, from);
                break;
            case AddOutcome.Full:
                Drop(now, MessageType.Tx, DropReason.PoolFull, via);
                break;
            default:
                _context.Events.Redundant(now, MessageType.Tx, via);
                break;
        }
    }

    private void Blame(TimeSpan now, RemotePeer neighbour)
    {
        neighbour.Offences++;
        _context.Events.PeerOffended(now, neighbour.Id, neighbour.Offences);
        if (neighbour.Offences > Plan.Settings.BanAfter && !neighbour.IsBanned)
        {
            _context.Table.Ban(neighbour);
            _context.Outbox.Clear(now, neighbour, DropReason.Blacklisted);
            _context.Events.PeerBanned(now, neighbour.Id);
        }
    }

    private void Drop(TimeSpan now, MessageType type, DropReason reason, PeerId peer) =>
        _context.Events.Dropped(now, type, reason, peer);
}
