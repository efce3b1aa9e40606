using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// gossipsub (D. Vyzovitis et al., 2020; libp2p's specification of v1.1): whole blocks and transactions go to the few
/// neighbours of a mesh, which is mended at each heartbeat; some of the others are told by IHAVE what there is, and ask
/// for it. Who delivers nothing, or what is false, leaves the mesh.
/// </summary>
internal sealed class MeshRule(RelayTools tools) : IRelayRule
{
    // The values of the specification (pubsub/gossipsub/gossipsub-v1.0.md and v1.1.md, "Parameters").
    // (libp2p in Rust has 5 as the lower bound.)
    private const int Degree = 6;
    private const int DegreeLow = 4;
    private const int DegreeHigh = 12;
    private const int DegreeScore = 4;
    private const int DegreeLazy = 6;
    private const double GossipFactor = 0.25;
    private const int CachedHeartbeats = 5;
    private const int GossipedHeartbeats = 3;
    private const int MaxOffers = 10;
    private const int MaxOfferedIds = 5_000;
    private const int BackoffSeconds = 60;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly List<RemotePeer> _mesh = [];
    private readonly Dictionary<RemotePeer, MeshScore> _scores = [];

    /// <summary>What was new since each of the last heartbeats, the youngest first.</summary>
    private readonly List<(List<Hash256> Blocks, List<Hash256> Transactions)> _cache = [([], [])];

    private readonly RecentTransactions _transactions = new(tools.Ids);
    private readonly TransactionRequests _requests = new(tools);
    private TimeSpan _now;

    public bool HasMessages => true;

    public void Start(TimeSpan now) => tools.Schedule(now + (Heartbeat * tools.Random.NextDouble()), Beat);

    public void Announce(TimeSpan now, Block block, Holders holders)
    {
        var isOwn = holders.From is null && holders.Announcers.Length == 0;
        _cache[0].Blocks.Add(block.Id);
        tools.SendBlock(now, block, tools.Choose(
            int.MaxValue,
            new Lacking(this, holders, isOwn),
            static (peer, lacking) => !lacking.Holders.Has(peer) && lacking.Rule.IsGiven(peer, lacking.IsOwn)));
        tools.TellOthers(now, block, holders);
    }

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        _transactions.Add(transaction);
        _cache[0].Transactions.Add(transaction.Id);
        tools.SendTransaction(now, transaction, tools.Choose(
            int.MaxValue,
            (Rule: this, From: from),
            static (peer, state) => peer != state.From && state.Rule.IsGiven(peer, state.From is null)));
        tools.TellOthers(now, transaction, from);
    }

    public bool TryReceive(TimeSpan now, RemotePeer from, Message message)
    {
        switch (message)
        {
            case Graft:
                OnGraft(now, from);
                return true;
            case Prune prune:
                ScoreOf(from).BackoffUntil = now + TimeSpan.FromSeconds(prune.BackoffSeconds);
                Leave(now, from);
                return true;
            case Have offer:
                OnOffer(now, from, offer);
                return true;
            case WantTransactions question:
                _requests.Answer(now, from, question, _transactions.Find);
                return true;
            default:
                return false;
        }
    }

    public void Delivered(RemotePeer from, Message message)
    {
        var isFirst = message switch
        {
            Block block => !tools.Ledger.Chain.IsKnown(block.Id),
            Transaction transaction => !tools.Ledger.Pool.Contains(transaction.Id)
                && !tools.Ledger.Chain.ContainsTransaction(transaction.Id),
            _ => false,
        };
        if (tools.Understands(from))
        {
            ScoreOf(from).Delivered(isFirst);
        }

        foreach (var peer in isFirst ? _mesh : [])
        {
            ScoreOf(peer).Expected();
        }
    }

    public void DeliveredFalse(RemotePeer from)
    {
        if (tools.Understands(from))
        {
            ScoreOf(from).DeliveredFalse();
        }
    }

    private void Beat(TimeSpan now)
    {
        _now = now;
        foreach (var gone in _scores.Keys.Where(static peer => peer.IsForgotten).ToArray())
        {
            _scores.Remove(gone);
        }

        foreach (var peer in _mesh.ToArray())
        {
            if (!peer.IsUsable || !tools.Understands(peer))
            {
                Leave(now, peer);
            }
            else if (ScoreOf(peer).ValueAt(now) < 0)
            {
                PruneOne(now, peer);
            }
        }

        Mend(now);
        Offer(now);
        _cache.Insert(0, ([], []));
        if (_cache.Count > CachedHeartbeats)
        {
            _cache.RemoveAt(CachedHeartbeats);
        }

        foreach (var score in _scores.Values)
        {
            score.Beat();
        }

        tools.Schedule(now + Heartbeat, Beat);
    }

    private void Mend(TimeSpan now)
    {
        if (_mesh.Count < DegreeLow)
        {
            foreach (var peer in tools.Choose(Degree - _mesh.Count, this, static (peer, rule) => rule.MayJoin(peer)))
            {
                Join(now, peer);
                tools.Send(now, peer, new Graft(tools.Self, tools.NextId()));
            }
        }
        else if (_mesh.Count > DegreeHigh)
        {
            // The best stay, and of the others a random choice: nobody can take all places by delivering first.
            var ranked = _mesh.OrderByDescending(peer => ScoreOf(peer).ValueAt(now)).ToList();
            var others = ranked[DegreeScore..];
            tools.Random.ShuffleFront(others, others.Count);
            foreach (var peer in others[(Degree - DegreeScore)..])
            {
                PruneOne(now, peer);
            }
        }

        Assertions.That(_mesh.Count <= DegreeHigh, "The degree of the mesh is bounded.");
    }

    /// <summary>Tells some of those outside the mesh what there was of late.</summary>
    private void Offer(TimeSpan now)
    {
        Hash256[] blocks = [.. _cache.Take(GossipedHeartbeats).SelectMany(window => window.Blocks)];
        Hash256[] transactions =
        [
            .. _cache.Take(GossipedHeartbeats).SelectMany(window => window.Transactions).Take(MaxOfferedIds),
        ];
        if (blocks.Length + transactions.Length == 0)
        {
            return;
        }

        var others = tools.Choose(int.MaxValue, this, static (peer, rule) => rule.IsOffered(peer)).Length;
        var count = Math.Max(DegreeLazy, (int)(GossipFactor * others));
        foreach (var peer in tools.Choose(count, this, static (peer, rule) => rule.IsOffered(peer)))
        {
            tools.Send(now, peer, new Have(tools.Self, blocks, transactions, tools.NextId()));
        }
    }

    private void OnGraft(TimeSpan now, RemotePeer from)
    {
        if (!tools.Understands(from) || !from.IsUsable || _mesh.Contains(from))
        {
            return;
        }

        var score = ScoreOf(from);
        if (score.BackoffUntil > now)
        {
            // It was told to wait.
            score.Mistaken();
        }

        if (score.BackoffUntil > now || score.ValueAt(now) < 0 || _mesh.Count >= DegreeHigh)
        {
            PruneOne(now, from);
        }
        else
        {
            Join(now, from);
        }
    }

    private void OnOffer(TimeSpan now, RemotePeer from, Have offer)
    {
        if (!tools.Understands(from) || !from.IsUsable)
        {
            return;
        }

        var score = ScoreOf(from);
        score.Offers++;
        score.OfferedIds += offer.BlockIds.Count + offer.TransactionIds.Count;
        if (score.ValueAt(now) < 0 || score.Offers > MaxOffers || score.OfferedIds > MaxOfferedIds)
        {
            tools.Dropped(now, MessageType.Have, DropReason.InboundLimit, from);
            return;
        }

        if (offer.BlockIds.Count > 0)
        {
            tools.Intake.Announced(now, from, offer.BlockIds);
        }

        _requests.Ask(now, from, offer.TransactionIds);
    }

    private void Join(TimeSpan now, RemotePeer peer)
    {
        Assertions.That(!_mesh.Contains(peer), "A neighbour joins once.");
        _mesh.Add(peer);
        ScoreOf(peer).Join(now);
        Assertions.That(_mesh.Count <= DegreeHigh, "The degree of the mesh is bounded.");
    }

    private void Leave(TimeSpan now, RemotePeer peer)
    {
        if (_mesh.Remove(peer))
        {
            ScoreOf(peer).Leave(now);
        }
    }

    private void PruneOne(TimeSpan now, RemotePeer peer)
    {
        Leave(now, peer);
        var score = ScoreOf(peer);
        score.BackoffUntil = now + TimeSpan.FromSeconds(BackoffSeconds);
        if (peer.IsUsable && tools.Understands(peer))
        {
            tools.Send(now, peer, new Prune(tools.Self, BackoffSeconds, tools.NextId()));
        }
    }

    /// <summary>What this peer made goes to all that understand it ("flood publishing"), all else to the mesh.</summary>
    private bool IsGiven(RemotePeer peer, bool isOwn) =>
        _mesh.Contains(peer) || (isOwn && tools.Understands(peer) && ScoreOf(peer).ValueAt(_now) >= 0);

    private bool MayJoin(RemotePeer peer) => IsOffered(peer) && ScoreOf(peer).BackoffUntil <= _now;

    private bool IsOffered(RemotePeer peer) =>
        tools.Understands(peer) && !_mesh.Contains(peer) && ScoreOf(peer).ValueAt(_now) >= 0;

    private MeshScore ScoreOf(RemotePeer peer)
    {
        if (!_scores.TryGetValue(peer, out var score))
        {
            _scores.Add(peer, score = new MeshScore());
        }

        return score;
    }

    private readonly ref struct Lacking(MeshRule rule, Holders holders, bool isOwn)
    {
        public MeshRule Rule { get; } = rule;

        public Holders Holders { get; } = holders;

        public bool IsOwn { get; } = isOwn;
    }
}
