using Blockchain.Shared.Chain;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Making;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Receiving;
using Blockchain.Shared.Spreading;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// One peer of the network: a single-threaded state machine without IO. Its host tells it what happened and what time
/// it is (as the time since the Unix epoch, never decreasing); it answers through <see cref="ITransmitter"/> and
/// <see cref="IPeerListener"/>. The same calls in the same order give the same answers.
/// </summary>
public sealed partial class Peer
{
    /// <summary>Transactions a second that a peer can be told to make at most.</summary>
    public const double MaxLoad = 10_000;

    /// <summary>
    /// How long a peer is at joining, if nothing is lost: it asks several peers for headers, one after the other.
    /// </summary>
    public static TimeSpan JoiningTakes(PeerSettings settings) =>
        (HeaderSync.PartnersOnJoining + 1) * settings.RequestTimeout;

    private readonly PeerContext _context;
    private readonly Discovery _discovery;
    private readonly HeaderSync _headers;
    private readonly Producer _producer;
    private readonly Receiver _receiver;
    private readonly IRelayRule _relay;
    private readonly GuestHost? _guest;
    private bool _hasStarted;

    /// <param name="plan">Who it is and how it behaves.</param>
    /// <param name="known">The peers that it knows at the start.</param>
    /// <param name="listener">Hears of what happens rarely.</param>
    /// <param name="seed">Everything random about it follows from this.</param>
    /// <param name="messages">Sees every message; null: nobody does.</param>
    /// <param name="counters">What it counts in, where several peers are counted together; null: counters of its
    /// own.</param>
    /// <param name="safeguards">What a network with signatures or work needs; null: it has neither.</param>
    /// <param name="storage">Hears of what has to outlive the process; null: nothing does.</param>
    /// <param name="guest">Who decides in place of the core; null: nobody.</param>
    /// <param name="lines">What its network says of the lines to single neighbours; null: nothing.</param>
    public Peer(
        PeerPlan plan,
        IEnumerable<PeerInfo> known,
        ITransmitter transmitter,
        IPeerListener listener,
        ulong seed,
        IMessageObserver? messages = null,
        PeerCounters? counters = null,
        Safeguards? safeguards = null,
        IPeerStorage? storage = null,
        GuestNode? guest = null,
        PlannedLines? lines = null)
    {
        Counters = counters ?? new PeerCounters();
        _context = new PeerContext(
            plan,
            transmitter,
            new PeerReports(plan.Id, listener, messages, Counters),
            seed,
            safeguards,
            storage,
            lines);
        var headerRequests = new HeaderRequests(_context);
        var heartbeat = new Heartbeat(_context, returned: headerRequests.AskIfFull);
        var tools = new RelayTools(_context);
        var relay = RelayRules.Makers[plan.Settings.Relay](tools);
        _relay = relay;
        _context.SpokenRelay = relay.HasMessages && !plan.Info.Light ? plan.Settings.Relay : null;
        var announcements = new Announcements(_context, relay);
        var server = new BlockServer(_context, relay);
        var blocks = new BlockExchange(
            _context, relay, announcements, new BlockRequests(_context, announcements, relay), headerRequests, server);
        _discovery = new Discovery(_context, heartbeat);
        if (plan.Settings.AddressTable == AddressTables.Bitcoin)
        {
            _discovery.ChooseNeighbours(seed);
        }

        _context.Standings.Pardoned = _discovery.Pardoned;
        _headers = new HeaderSync(_context, blocks, headerRequests);
        _producer = new Producer(_context, relay, blocks) { LoadEnded = Switched };
        _receiver = new Receiver(_context, heartbeat, _discovery, relay, blocks, server, _headers);
        tools.Intake = _receiver;
        if (known.TryGetNonEnumeratedCount(out var expected))
        {
            _context.Table.Expect(expected);
        }

        foreach (var info in known)
        {
            _context.Table.Learn(TimeSpan.Zero, info, isPlanned: true);
        }

        if (guest is not null)
        {
            _context.Routes.IsDirectOnly = true;
            _guest = new GuestHost(_context, guest.Guest, [.. known], seed, guest.Find);
        }
    }

    public PeerPlan Plan => _context.Plan;

    public PeerInfo Info => _context.Self;

    public PeerTable Table => _context.Table;

    /// <summary>
    /// Of which addresses it draws its neighbours; null: all that it knows are its neighbours. A host that keeps it over
    /// a restart puts it into the new peer before the start.
    /// </summary>
    public AddressTable? Addresses
    {
        get => _discovery.Neighbourhood?.Addresses;
        set
        {
            Assertions.That(!_hasStarted && value is not null, "A table is taken over before the start.");
            _discovery.Neighbourhood!.Addresses = value!;
        }
    }

    /// <summary>The neighbours that it has drawn from <see cref="Addresses"/> and that have answered.</summary>
    public IReadOnlyList<RemotePeer> Outbound => _discovery.Neighbourhood?.Outbound ?? [];

    public LocalLedger Ledger => _context.Ledger;

    /// <summary>Messages per second that it may send now; zero: no limit.</summary>
    public double Capacity => _context.Outbox.Capacity;

    /// <summary>How many messages of a priority wait to be sent, to whomever.</summary>
    public int Waiting(MessagePriority priority) => _context.Outbox.Waiting(priority);

    /// <summary>How often what happens all the time has happened.</summary>
    public PeerCounters Counters { get; }

    /// <summary>How it behaves now: a name of <see cref="Behaviours"/>.</summary>
    public string Behaviour => _context.BehaviourName;

    /// <summary>Tells of every single message; null: nobody has asked, and nothing of it is built.</summary>
    public MessageTracer? Tracer
    {
        get => _context.Reports.Tracer;
        set => _context.Reports.Tracer = value;
    }

    /// <summary>Whether it makes up the ids of its blocks.</summary>
    public bool IsMalicious => Behaviour == Behaviours.FalseIds;

    /// <summary>Whether it makes transactions and blocks at its intervals.</summary>
    public bool IsGenerating => _producer.IsGenerating;

    /// <summary>
    /// Whether its network is cut off: it then reaches peers of its own network only, and is reached by them only. The
    /// host ends the connections that <see cref="Admits(PeerId)"/> no longer allows.
    /// </summary>
    public bool IsCutOff => _context.Table.IsCutOff;

    /// <summary>
    /// Whether it stands still: it drops what comes, and what is due waits until it goes on, when all of that is due.
    /// </summary>
    public bool IsPaused { get; private set; }

    /// <summary>
    /// The loss and latency of what it sends, where a pair has none of its own; at the start those of its plan.
    /// </summary>
    public NetworkConditions Conditions => _context.Outbox.Conditions;

    /// <summary>Whether nothing that it sends gets to a peer, since it was told so.</summary>
    public bool Blocks(PeerId peer) => _context.Outbox.Blocks(peer);

    /// <summary>
    /// Transactions a second that it was told to make instead of those of its plan; zero: none. It makes them while it
    /// <see cref="IsGenerating"/>.
    /// </summary>
    public double Load => _producer.Load;

    /// <summary>
    /// When <see cref="Advance"/> must next be called; <see cref="TimeSpan.MaxValue"/>: not by itself.
    /// </summary>
    public TimeSpan NextDue => IsPaused ? TimeSpan.MaxValue : _context.Timers.NextDue;

    public void Start(TimeSpan now)
    {
        foreach (var peer in _context.Table.All)
        {
            peer.LastHeard = now;
        }

        _context.Outbox.Start(now);
        if (_guest is not null)
        {
            _guest.Start(now);
            return;
        }

        _discovery.Start(now);
        _headers.Start(now);
        _producer.Start(now);
        _hasStarted = true;
        StartBehaviour(now);
        if (_context.SpokenRelay is not null)
        {
            _relay.Start(now);
        }
    }

    /// <summary>Does what is due.</summary>
    public void Advance(TimeSpan now)
    {
        if (!IsPaused)
        {
            _context.Timers.RunDue(now);
            _producer.FollowTip(now);
        }
    }

    /// <summary>Whether somebody else's node decides in place of the core.</summary>
    public bool IsGuest => _guest is not null;

    /// <summary>
    /// Asks a guest something as if a neighbour had, with nobody else hearing of it: what a host sees of a node that is
    /// not ours.
    /// </summary>
    /// <returns>What it answers at once, of this type.</returns>
    public IReadOnlyList<Message> AskGuest(TimeSpan now, PeerId via, Message question, MessageType answer) =>
        _guest is null || IsPaused ? [] : _guest.Ask(now, via, question, answer);

    /// <summary>A transmission that was handed to the transport did not leave.</summary>
    public void TransmitFailed(TimeSpan now, in Transmission transmission) =>
        _context.Outbox.Failed(now, transmission, DropReason.Unreachable);

    /// <summary>
    /// Who is behind a connection from this address, before anything was said on it. From our own address comes
    /// somebody
    /// who shares it, and has to say who.
    /// </summary>
    public PeerId Identify(string ip) =>
        (ip == Info.Ip ? null : _context.Table.FindByAddress(ip)?.Id) ?? PeerId.OfStranger(ip);

    /// <summary>
    /// Who is behind a stranger's connection once it has said HELLO. Believed if it names the address that it comes
    /// from, unless that name belongs to a peer elsewhere: one of the plan, or one that answers. In a signed network
    /// never, see <see cref="Identify(TimeSpan, PeerId)"/>.
    /// </summary>
    public PeerId Identify(TimeSpan now, string ip, Hello hello) =>
        (_context.Identity is null && hello.Info.Ip == ip && hello.Sender != Info.Id
            ? _guest is null ? _discovery.Meet(now, hello.Info)?.Id : _guest.Meet(now, hello.Info)
            : null)
        ?? PeerId.OfStranger(ip);

    /// <summary>Who is behind a connection on which a peer of a signed network has proven that it is itself.</summary>
    public PeerId Identify(TimeSpan now, PeerId proven)
    {
        _discovery.LearnPlanned(now, proven);

        Assertions.That(_context.Table.Find(proven) is not null, "Only a peer of the network can prove that it is.");
        return proven;
    }

    /// <summary>
    /// Whether a connection from this peer or stranger is accepted: a NATed peer refuses whoever is not known to be of
    /// its group, and nobody is reached by a peer that cannot reach it. Where addresses are shared, a stranger may be
    /// anybody until it has said HELLO; then this is to be asked again.
    /// </summary>
    public bool Admits(PeerId id) => _context.Table.Find(id) is { } peer
        ? _context.Table.CanReach(peer)
        : !Info.Nat || _context.Table.SharesAddress;

    /// <summary>The same of a peer from this one's own table.</summary>
    public bool Admits(RemotePeer peer) => _context.Table.CanReach(peer);

    /// <summary>
    /// What the host says first on every connection that it opens, outside the simulated network, if nothing else tells
    /// the other side who this is; null where the address does.
    /// </summary>
    public Hello? Introduction() =>
        _context.Table.SharesAddress && _context.Identity is null
            ? _context.NewHello()
            : null;

    /// <summary>The miner has found a nonce for a block of this peer.</summary>
    public void Mined(TimeSpan now, Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        Assertions.That(block.HasValidId && block.Header.Sender == Info.Id, "The miner works for this peer.");
        if (!IsPaused)
        {
            _producer.Mined(now, block);
        }
    }

    /// <summary>What the others have done wrong, for a host that keeps it over a restart.</summary>
    public IReadOnlyList<Standing> Standings(TimeSpan now) => _context.Standings.Take(now);

    /// <summary>A line that is not a message.</summary>
    public void ReceiveMalformed(TimeSpan now, PeerId via, MalformedReason reason)
    {
        Assertions.That(reason != MalformedReason.None, "A line that is a message.");
        var drop = reason == MalformedReason.LineTooLong ? DropReason.LineTooLong : DropReason.Malformed;
        _context.Reports.Dropped(now, MessageType.Unknown, drop, via);
        if (_context.Reports.IsListening)
        {
            _context.Reports.Happened(
                new MessageRefused(now, Info.Id, MessageType.Unknown, drop, via, Refusals.Of(reason)));
        }

        if (_context.Table.Find(via) is { } neighbour)
        {
            _context.Standings.Blame(now, neighbour, Offence.Malformed);
        }
    }

    /// <param name="via">
    /// Whom the transport identified: a known peer, or a stranger by its address. Not whom the message claims.
    /// </param>
    public void Receive(TimeSpan now, PeerId via, Message message) => Receive(now, via, message, Judge(message));

    /// <summary>The same, for a host that has <paramref name="via"/> from the peer's own table.</summary>
    public void Receive(TimeSpan now, RemotePeer via, Message message) => Receive(now, via, message, Judge(message));

    /// <summary>The same, for a host that has looked at the signatures itself.</summary>
    /// <inheritdoc cref="Receive(TimeSpan, PeerId, Message)"/>
    public void Receive(TimeSpan now, PeerId via, Message message, Verdict verdict)
    {
        _context.Reports.Received(now, via, message);
        if (IsPaused)
        {
            _context.Reports.Dropped(now, message.Type, DropReason.Paused, via);
            return;
        }

        if (_guest is not null)
        {
            _guest.Receive(now, via, message);
            return;
        }

        _receiver.Receive(now, _context.Table.Find(via), via, message, verdict);
        _producer.FollowTip(now);
    }

    /// <inheritdoc cref="Receive(TimeSpan, PeerId, Message, Verdict)"/>
    public void Receive(TimeSpan now, RemotePeer via, Message message, Verdict verdict)
    {
        _context.Reports.Received(now, via.Id, message);
        if (IsPaused)
        {
            _context.Reports.Dropped(now, message.Type, DropReason.Paused, via.Id);
            return;
        }

        if (_guest is not null)
        {
            _guest.Receive(now, via.Id, message);
            return;
        }

        _receiver.Receive(now, via, via.Id, message, verdict);
        _producer.FollowTip(now);
    }

    private Verdict Judge(Message message) => _context.Identity?.Judge(message) ?? Verdict.Proven;
}
