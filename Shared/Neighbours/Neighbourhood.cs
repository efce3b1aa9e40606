namespace Blockchain.Shared.Neighbours;

/// <summary>
/// Where <c>"addressTable"</c> is <c>"bitcoin"</c>: who of all the known peers is a neighbour. Those that this peer has
/// drawn from its table of addresses and that answered, no two of one /16; and those that have drawn this peer. All
/// others are addresses only, and nothing but their HELLO is listened to.
/// </summary>
internal sealed class Neighbourhood
{
    /// <summary>Of Bitcoin Core's 125 connections, those that others may open (src/net.h).</summary>
    public const int MaxInbound = 117;

    /// <summary>Draws for one attempt, as in ThreadOpenConnections of Bitcoin Core's src/net.cpp.</summary>
    private const int MaxDraws = 100;

    /// <summary>Keeps the secret of the table apart from what others could compute.</summary>
    private const ulong SecretStream = 0xADD2_E55E_5ADD_2E55;

    /// <summary>The same pause between two attempts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>DEFAULT_CONNECT_TIMEOUT of Bitcoin Core's src/netbase.h.</summary>
    private static readonly TimeSpan PatienceForAnswer = TimeSpan.FromSeconds(5);

    private readonly PeerContext _context;
    private readonly Action<TimeSpan, RemotePeer> _greet;
    private readonly Action<TimeSpan, RemotePeer> _began;
    private readonly List<RemotePeer> _outbound = [];
    private readonly List<RemotePeer> _inbound = [];

    /// <summary>Who was said HELLO to and has not answered, and until when it may.</summary>
    private readonly Dictionary<RemotePeer, TimeSpan> _attempts = [];

    /// <param name="greet">Says HELLO.</param>
    /// <param name="began">Called when a peer becomes a neighbour.</param>
    public Neighbourhood(
        PeerContext context,
        ulong seed,
        Action<TimeSpan, RemotePeer> greet,
        Action<TimeSpan, RemotePeer> began)
    {
        _context = context;
        _greet = greet;
        _began = began;
        Addresses = new AddressTable(new SeededRandom(seed ^ SecretStream));
    }

    /// <summary>A host may put in its place the one of an earlier life.</summary>
    public AddressTable Addresses { get; set; }

    public IReadOnlyList<RemotePeer> Outbound => _outbound;

    public void Start(TimeSpan now)
    {
        // Of two addresses for one place the first has it, which should not be the one that the plan names first.
        var planned = _context.Table.All.ToList();
        _context.Random.ShuffleFront(planned, planned.Count);
        foreach (var peer in planned)
        {
            Addresses.Add(peer.Info, _context.Self.Ip, _context.Random);
        }

        Fill(now);
    }

    /// <param name="informant">Whose connection it came on.</param>
    public void Tell(PeerInfo info, RemotePeer? informant)
    {
        if (_context.Table.IsOther(info.Id) && informant is not null)
        {
            Addresses.Add(info, informant.Info.Ip, _context.Random);
        }
    }

    /// <summary>It has said HELLO: to answer ours, or because it has chosen us.</summary>
    /// <returns>Whether it is a neighbour now.</returns>
    public bool OnHello(TimeSpan now, RemotePeer from)
    {
        if (_attempts.Remove(from))
        {
            Addresses.Answered(from.Info);
            Begin(now, from, _outbound);
        }
        else if (!from.IsNeighbour && _inbound.Count < MaxInbound)
        {
            Begin(now, from, _inbound);
        }
        else if (!from.IsNeighbour)
        {
            End(now, from);
        }

        return from.IsNeighbour;
    }

    private void Begin(TimeSpan now, RemotePeer peer, List<RemotePeer> neighbours)
    {
        peer.IsNeighbour = true;
        neighbours.Add(peer);
        Assertions.That(
            _outbound.Count <= _context.Settings.Outbound && _inbound.Count <= MaxInbound,
            "A peer has no more neighbours than it may have.");
        Assertions.That(
            _outbound.DistinctBy(GroupOf).Count() == _outbound.Count, "No two chosen neighbours are of one group.");
        _began(now, peer);
    }

    /// <summary>It is an address only from now on.</summary>
    private void End(TimeSpan now, RemotePeer peer)
    {
        peer.IsNeighbour = false;
        if (!peer.IsPlanned && !peer.IsForgotten && !peer.IsBanned)
        {
            _context.Forget(now, peer);
        }
    }

    private void Fill(TimeSpan now)
    {
        EndThoseAway(now, _outbound);
        EndThoseAway(now, _inbound);
        foreach (var (peer, until) in _attempts)
        {
            if (until <= now)
            {
                _attempts.Remove(peer);
                Addresses.Failed(peer.Info);
                End(now, peer);
            }
        }

        if (_outbound.Count + _attempts.Count < _context.Settings.Outbound && Choose(now) is { } chosen)
        {
            _attempts.Add(chosen, now + PatienceForAnswer);
            _greet(now, chosen);
        }

        _context.Timers.Schedule(now + Pause, Fill);
    }

    private void EndThoseAway(TimeSpan now, List<RemotePeer> neighbours)
    {
        for (var i = neighbours.Count - 1; i >= 0; i--)
        {
            if (neighbours[i] is { IsUsable: false } away)
            {
                neighbours.RemoveAt(i);
                End(now, away);
            }
        }
    }

    private RemotePeer? Choose(TimeSpan now)
    {
        for (var i = 0; i < MaxDraws && Addresses.Draw(_context.Random) is { } info; i++)
        {
            if (_outbound.Concat(_attempts.Keys).Any(peer => GroupOf(peer) == AddressTable.GroupOf(info.Ip)))
            {
                continue;
            }

            if (_context.Table.Find(info.Id) is not { } known)
            {
                return _context.Table.HearOf(now, info);
            }

            if (known.Info.Ip == info.Ip && !known.IsBanned && !known.IsNeighbour)
            {
                return known;
            }
        }

        return null;
    }

    private static int? GroupOf(RemotePeer peer) => AddressTable.GroupOf(peer.Info.Ip);
}
