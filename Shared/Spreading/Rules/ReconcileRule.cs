using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// Erlay (G. Naumenko et al., 2019; BIP 330): a transaction is sent at once to one random neighbour only. For each of the
/// others it is kept in a set, and now and then two neighbours compare their sets by a sketch of one of them, which is
/// about as long as the difference, and send each other what is lacking. Blocks as <c>announce</c> does.
/// </summary>
internal sealed class ReconcileRule(RelayTools tools) : IRelayRule
{
    /// <summary>Neighbours that are sent a transaction at once: Bitcoin Core's OUTBOUND_FANOUT_DESTINATIONS.</summary>
    private const int FloodTo = 1;

    /// <summary>
    /// Of the smaller set, the part that is thought to differ (BIP 330's q, which the paper estimates as it goes).
    /// </summary>
    private const double DifferentShare = 0.25;

    /// <summary>
    /// With c sums, a difference that does not fit is taken for another one once in c! times: with six, in 720.
    /// </summary>
    private const int MinCapacity = 6;

    /// <summary>Transactions sent in one answer; what is left waits for the next comparison.</summary>
    private const int MaxSent = 50;

    /// <summary>Between two comparisons that a peer begins, of which each is with another neighbour (the paper's T).</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AnnounceRule _blocks = new(tools);
    private readonly Dictionary<RemotePeer, ReconciliationSet> _sets = [];

    /// <summary>What we have asked a neighbour to compare.</summary>
    private readonly Dictionary<RemotePeer, ReconciliationSet.Snapshot> _asked = [];

    /// <summary>What we have sent a sketch of.</summary>
    private readonly Dictionary<RemotePeer, ReconciliationSet.Snapshot> _sketched = [];

    private readonly RecentTransactions _transactions = new(tools.Ids);
    private readonly TransactionRequests _requests = new(tools);
    private readonly Queue<RemotePeer> _turns = new();

    public bool HasMessages => true;

    public void Start(TimeSpan now) => tools.Schedule(now + (Interval * tools.Random.NextDouble()), Round);

    public void Announce(TimeSpan now, Block block, Holders holders) => _blocks.Announce(now, block, holders);

    public void Knows(IReadOnlyList<Hash256> blockIds, RemotePeer peer) => _blocks.Knows(blockIds, peer);

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        _transactions.Add(transaction);
        var chosen = tools.Choose(
            FloodTo,
            (Tools: tools, From: from),
            static (peer, state) => peer != state.From && state.Tools.Understands(peer)).ToArray();
        tools.SendTransaction(now, transaction, chosen);
        foreach (var peer in tools.Choose(
            int.MaxValue,
            (Tools: tools, From: from, Chosen: chosen),
            static (peer, state) => peer != state.From && state.Tools.Understands(peer)
                && !state.Chosen.Contains(peer)).ToArray())
        {
            if (!SetOf(peer).TryAdd(transaction))
            {
                tools.SendTransaction(now, transaction, [peer]);
            }
        }

        tools.TellOthers(now, transaction, from);
    }

    public void Delivered(RemotePeer from, Message message)
    {
        if (message is Transaction transaction && _sets.TryGetValue(from, out var set))
        {
            set.Remove(transaction.Id);
        }
    }

    public bool TryReceive(TimeSpan now, RemotePeer from, Message message)
    {
        if (!tools.Understands(from) || !from.IsUsable)
        {
            return message is RequestSketch or Sketch or SketchDifference or Have or WantTransactions;
        }

        switch (message)
        {
            case RequestSketch request:
                OnRequest(now, from, request);
                return true;
            case Sketch sketch:
                OnSketch(now, from, sketch);
                return true;
            case SketchDifference difference:
                OnDifference(now, from, difference);
                return true;
            case Have offer:
                foreach (var id in offer.TransactionIds.Take(RecentTransactions.Max))
                {
                    SetOf(from).Remove(id);
                }

                _requests.Ask(now, from, offer.TransactionIds);
                return true;
            case WantTransactions question:
                _requests.Answer(now, from, question, _transactions.Find);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Each neighbour has its turn.</summary>
    private void Round(TimeSpan now)
    {
        foreach (var gone in _sets.Keys.Where(static peer => peer.IsForgotten).ToArray())
        {
            _sets.Remove(gone);
        }

        if (_turns.Count == 0)
        {
            foreach (var peer in tools.ChooseLike(int.MaxValue))
            {
                _turns.Enqueue(peer);
            }
        }

        while (_turns.TryDequeue(out var peer))
        {
            if (peer.IsUsable && tools.Understands(peer) && !_asked.ContainsKey(peer))
            {
                Begin(now, peer);
                break;
            }
        }

        tools.Schedule(now + Interval, Round);
    }

    private void Begin(TimeSpan now, RemotePeer peer)
    {
        var snapshot = SetOf(peer).TakeAll(tools.Random.NextUInt64());
        _asked.Add(peer, snapshot);
        tools.Send(now, peer, new RequestSketch(tools.Self, snapshot.Nonce, snapshot.Count, tools.NextId()));
        tools.Schedule(now + (2 * tools.Patience(peer)), _ => GiveUp(_asked, peer, snapshot));
    }

    private void OnRequest(TimeSpan now, RemotePeer from, RequestSketch request)
    {
        if (_sketched.ContainsKey(from))
        {
            tools.Dropped(now, MessageType.RequestSketch, DropReason.InboundLimit, from);
            return;
        }

        var snapshot = SetOf(from).TakeAll(request.Nonce);
        _sketched.Add(from, snapshot);
        tools.Send(now, from, new Sketch(
            tools.Self,
            request.Nonce,
            snapshot.Sketch(CapacityFor(snapshot.Count, request.SetSize)).Sums,
            tools.NextId()));
        tools.Schedule(now + (2 * tools.Patience(from)), _ => GiveUp(_sketched, from, snapshot));
    }

    /// <summary>How many are thought to differ (BIP 330); none if a set is empty, since then all of the other do.</summary>
    private static int CapacityFor(int one, int other) => one == 0 || other == 0
        ? 0
        : Math.Clamp(
            Math.Abs(one - other) + (int)(DifferentShare * Math.Min(one, other)) + 1,
            MinCapacity,
            PinSketch.MaxCapacity);

    private void OnSketch(TimeSpan now, RemotePeer from, Sketch sketch)
    {
        if (!_asked.TryGetValue(from, out var snapshot) || snapshot.Nonce != sketch.Nonce)
        {
            tools.Dropped(now, MessageType.Sketch, DropReason.NotAsked, from);
            return;
        }

        _asked.Remove(from);
        uint[]? different = null;
        if (sketch.Sums.Count > 0)
        {
            var both = new PinSketch(sketch.Sums);
            both.Add(snapshot.Sketch(both.Capacity));
            different = both.Read();
        }

        List<ulong> lacking = [];
        var sent = 0;
        foreach (var shortId in different ?? [])
        {
            if (!snapshot.TryGet(shortId, out var transaction))
            {
                lacking.Add(shortId);
            }
            else
            {
                SendOrKeep(now, from, transaction, ref sent);
            }
        }

        tools.Send(now, from, new SketchDifference(
            tools.Self, sketch.Nonce, different is not null, lacking, tools.NextId()));
        if (different is null)
        {
            OfferAll(now, from, snapshot);
        }
    }

    private void OnDifference(TimeSpan now, RemotePeer from, SketchDifference difference)
    {
        if (!_sketched.TryGetValue(from, out var snapshot) || snapshot.Nonce != difference.Nonce)
        {
            tools.Dropped(now, MessageType.SketchDifference, DropReason.NotAsked, from);
            return;
        }

        _sketched.Remove(from);
        if (!difference.IsSuccess || difference.Asked.Any(shortId => !snapshot.TryGet((uint)shortId, out _)))
        {
            // Or what was read there is not what there is.
            OfferAll(now, from, snapshot);
            return;
        }

        var sent = 0;
        foreach (var shortId in difference.Asked)
        {
            if (snapshot.TryGet((uint)shortId, out var transaction))
            {
                SendOrKeep(now, from, transaction, ref sent);
            }
        }
    }

    /// <summary>The difference did not fit: each names all that it has.</summary>
    private void OfferAll(TimeSpan now, RemotePeer to, ReconciliationSet.Snapshot snapshot)
    {
        if (snapshot.Count > 0)
        {
            tools.Send(now, to, new Have(
                tools.Self, [], [.. snapshot.All.Select(transaction => transaction.Id)], tools.NextId()));
        }
    }

    private void SendOrKeep(TimeSpan now, RemotePeer to, Transaction transaction, ref int sent)
    {
        if (sent++ < MaxSent)
        {
            tools.SendTransaction(now, transaction, [to]);
        }
        else
        {
            SetOf(to).TryAdd(transaction);
        }
    }

    /// <summary>Its answer does not come: what was compared waits for the next time.</summary>
    private void GiveUp(
        Dictionary<RemotePeer, ReconciliationSet.Snapshot> open, RemotePeer peer, ReconciliationSet.Snapshot snapshot)
    {
        if (open.TryGetValue(peer, out var current) && current == snapshot)
        {
            open.Remove(peer);
            foreach (var transaction in peer.IsForgotten ? [] : snapshot.All)
            {
                SetOf(peer).TryAdd(transaction);
            }
        }
    }

    private ReconciliationSet SetOf(RemotePeer peer)
    {
        if (!_sets.TryGetValue(peer, out var set))
        {
            _sets.Add(peer, set = new ReconciliationSet(tools.Ids));
        }

        return set;
    }
}
