using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Events.Messages;

/// <summary>
/// Who said what to whom, of a stream of events with single messages in it: live, recorded or simulated ones alike.
/// </summary>
public sealed class MessageHistory
{
    private static readonly IReadOnlyDictionary<PeerId, Arrival> Nothing = new Dictionary<PeerId, Arrival>();

    private readonly Dictionary<Hash256, Dictionary<PeerId, Arrival>> _arrivals = [];
    private readonly Dictionary<Hash256, List<Arrow>> _about = [];
    private readonly Dictionary<MessageId, List<Arrow>> _relayed = [];
    private readonly Dictionary<(PeerId Origin, PeerId Target), List<Arrow>> _exchanges = [];
    private readonly Dictionary<(PeerId Peer, Hash256 Block), PeerId> _orphans = [];
    private readonly HashSet<Hash256> _blocks = [];
    private readonly HashSet<Hash256> _transactions = [];

    private MessageHistory(IEnumerable<PeerEvent> events)
    {
        var arrows = new ArrowFold();
        var peers = new HashSet<PeerId>();
        foreach (var happened in events)
        {
            peers.Add(happened.Peer);
            if (happened is MessageTraced told)
            {
                arrows.Apply(told);
            }
            else
            {
                Note(happened);
            }
        }

        peers.RemoveWhere(peer => peer == Remark.Everybody);
        Arrows = [.. arrows.All.Where(arrow => !arrow.IsPartOfOther).OrderBy(arrow => arrow.Queued)];
        Peers = [.. peers.Order(NameOrder)];
        foreach (var arrow in Arrows)
        {
            Index(arrow);
        }
    }

    /// <summary>All, in the order in which their senders wanted to send them.</summary>
    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>Everybody who has told something.</summary>
    public IReadOnlyList<PeerId> Peers { get; }

    /// <summary>Numbers by their value, other names after them by their letters.</summary>
    public static IComparer<PeerId> NameOrder { get; } = Comparer<PeerId>.Create((one, other) =>
        (one.Value.Length, one.Value).CompareTo((other.Value.Length, other.Value)));

    public static MessageHistory Of(IEnumerable<PeerEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return new MessageHistory(events);
    }

    public IEnumerable<Arrow> Select(MessageSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return (selection.Subject is { } subject ? About(subject) : Arrows).Where(selection.Has);
    }

    /// <summary>What is about a block or transaction.</summary>
    public IReadOnlyList<Arrow> About(Hash256 subject) => _about.GetValueOrDefault(subject) ?? [];

    /// <summary>Who has a block or transaction, and since when.</summary>
    public IReadOnlyDictionary<PeerId, Arrival> Arrivals(Hash256 subject) =>
        _arrivals.GetValueOrDefault(subject) ?? Nothing;

    /// <summary>Blocks whose id begins so, in the order in which they were made.</summary>
    public IReadOnlyList<Hash256> FindBlocks(string prefix) => Find(_blocks, prefix);

    /// <inheritdoc cref="FindBlocks"/>
    public IReadOnlyList<Hash256> FindTransactions(string prefix) => Find(_transactions, prefix);

    /// <summary>
    /// The block that took longest to reach its last peer, of those that were made while single messages were told;
    /// null if there is none.
    /// </summary>
    public Hash256? SlowestBlock()
    {
        var since = Arrows.Count > 0 ? Arrows[0].Queued : TimeSpan.MaxValue;
        return _blocks
            .Select(block => (Block: block, Times: Arrivals(block).Values.Select(arrival => arrival.Time).ToArray()))
            .Where(block => block.Times.Length > 1 && block.Times.Min() >= since)
            .OrderByDescending(block => block.Times.Max() - block.Times.Min())
            .Select(block => (Hash256?)block.Block)
            .FirstOrDefault();
    }

    /// <summary>The legs of a RELAY.</summary>
    internal IReadOnlyList<Arrow> WithId(MessageId relay) => _relayed.GetValueOrDefault(relay) ?? [];

    /// <summary>The requests for headers from one peer to another.</summary>
    internal IReadOnlyList<Arrow> HeaderRequests(PeerId origin, PeerId target) =>
        _exchanges.GetValueOrDefault((origin, target)) ?? [];

    private static void Add<TKey>(Dictionary<TKey, List<Arrow>> by, TKey key, Arrow arrow)
        where TKey : notnull
    {
        if (!by.TryGetValue(key, out var list))
        {
            by[key] = list = [];
        }

        list.Add(arrow);
    }

    private Hash256[] Find(HashSet<Hash256> all, string prefix) =>
    [
        .. all.Where(id => id.ToString().StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(id => Arrivals(id).Count == 0 ? TimeSpan.MaxValue : Arrivals(id).Values.Min(one => one.Time)),
    ];

    private void Note(PeerEvent happened)
    {
        switch (happened)
        {
            case BlockMade made:
                _blocks.Add(made.Block);
                Arrive(made.Block, new Arrival(made.Peer, made.Time, made.Peer, IsMaker: true));
                break;
            case BlockOrphaned orphaned:
                _orphans.TryAdd((orphaned.Peer, orphaned.Block), orphaned.Via);
                break;
            case BlockAccepted accepted:
                _blocks.Add(accepted.Block);
                var isMaker = accepted.Via == accepted.Peer && accepted.Maker == accepted.Peer;

                // What had to wait for its parent is told with who delivered the parent.
                var via = _orphans.GetValueOrDefault((accepted.Peer, accepted.Block), accepted.Via);
                Arrive(accepted.Block, new Arrival(accepted.Peer, accepted.Time, via, isMaker));
                break;
            case TransactionMade made:
                _transactions.Add(made.Transaction);
                Arrive(made.Transaction, new Arrival(made.Peer, made.Time, made.Peer, IsMaker: true));
                break;
        }
    }

    private void Index(Arrow arrow)
    {
        foreach (var subject in arrow.Subjects)
        {
            Add(_about, subject, arrow);
            (arrow.Content == MessageType.Tx ? _transactions : _blocks).Add(subject);
        }

        if (arrow.IsRelayed)
        {
            Add(_relayed, arrow.Id, arrow);
        }

        if (arrow.Content == MessageType.GetBlockHeaders)
        {
            Add(_exchanges, (arrow.Origin, arrow.Target), arrow);
        }

        // Nobody tells that a transaction was accepted, they are too many: it was where it arrived and was not refused.
        if (arrow is { Content: MessageType.Tx, End: ArrowEnd.Arrived, Received: { } at } && arrow.To == arrow.Target)
        {
            Arrive(arrow.Subjects[0], new Arrival(arrow.To, at, arrow.From, IsMaker: false));
        }
    }

    /// <summary>A block that is told of again, as when a stream begins anew, is where it was.</summary>
    private void Arrive(Hash256 subject, Arrival arrival)
    {
        if (!_arrivals.TryGetValue(subject, out var arrivals))
        {
            _arrivals[subject] = arrivals = [];
        }

        if (!arrivals.TryGetValue(arrival.Peer, out var known) || arrival.Time < known.Time)
        {
            arrivals[arrival.Peer] = arrival;
        }
    }
}
