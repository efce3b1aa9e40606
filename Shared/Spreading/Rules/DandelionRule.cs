using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// Dandelion++ (G. Fanti et al., 2018; BIP 156): a transaction first goes along a stem, from one peer to one other, and
/// is spread ("fluffed") by a peer at the end of it, so that who spreads it first is not who made it. In each epoch a
/// peer has two neighbours for stems, and is at an end of all of them with some probability. A peer of a stem spreads the
/// transaction itself if it does not hear of it in time. Blocks, and transactions once they are spread, as
/// <c>announce</c> does.
/// </summary>
internal sealed class DandelionRule(RelayTools tools) : IRelayRule
{
    /// <summary>Neighbours for stems: the graph of all stems is 4-regular.</summary>
    private const int StemPeers = 2;

    /// <summary>BIP 156, "The fluff mechanism".</summary>
    private const double FluffProbability = 0.1;

    /// <summary>Transactions in stems that are remembered; one more is spread at once.</summary>
    private const int MaxStem = 2_000;

    private const int MaxStemBytes = 4 * 1024 * 1024;

    /// <summary>BIP 156, "Periodic Dandelion route shuffling": on average.</summary>
    private static readonly TimeSpan Epoch = TimeSpan.FromMinutes(10);

    /// <summary>BIP 156 says random, and no more; these are of its reference implementation.</summary>
    private static readonly TimeSpan EmbargoMinimum = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan EmbargoMeanMore = TimeSpan.FromSeconds(20);

    private readonly AnnounceRule _usual = new(tools);
    private readonly Dictionary<Hash256, Stem> _stem = new(tools.Ids);
    private readonly FairBudget<PeerId> _budget = new(MaxStem, MaxStemBytes);
    private readonly List<RemotePeer> _next = [];

    /// <summary>Which of them what comes from a neighbour goes to, for an epoch.</summary>
    private readonly Dictionary<PeerId, int> _ways = [];

    private bool _endsStems;

    public bool HasMessages => true;

    public void Start(TimeSpan now)
    {
        _endsStems = tools.Random.Chance(FluffProbability);
        _next.Clear();
        _ways.Clear();
        tools.Schedule(now + Epoch, Start);
    }

    public void Announce(TimeSpan now, Block block, Holders holders) => _usual.Announce(now, block, holders);

    public void Knows(IReadOnlyList<Hash256> blockIds, RemotePeer peer) => _usual.Knows(blockIds, peer);

    /// <summary>One of our own, or a stranger's, begins its stem here. One that a neighbour spreads is spread on.</summary>
    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        if (from is null && _stem.TryGetValue(transaction.Id, out var stem))
        {
            // A stranger has what was to be a secret.
            Forget(stem);
            _usual.Spread(now, transaction, from);
        }
        else if (from is null)
        {
            Pass(now, transaction, from: null, isOwn: true);
        }
        else
        {
            _usual.Spread(now, transaction, from);
        }
    }

    public bool TryReceive(TimeSpan now, RemotePeer from, Message message)
    {
        if (message is not StemTransaction { Transaction: var transaction })
        {
            return false;
        }

        if (_stem.TryGetValue(transaction.Id, out var known))
        {
            if (known.IsOwn)
            {
                // To spread it here would tell who made it.
                SendOn(now, transaction, from);
            }
            else
            {
                // The stem is a circle.
                Fluff(now, known);
            }
        }
        else if (tools.Ledger.Pool.Contains(transaction.Id) || tools.Ledger.Chain.ContainsTransaction(transaction.Id))
        {
            tools.Redundant(now, MessageType.Stem, from);
        }
        else if (tools.Behaviour.Shows(transaction, isOwn: false) && tools.Intake.IsProven(now, from, transaction))
        {
            Pass(now, transaction, from, isOwn: false);
        }

        return true;
    }

    /// <summary>Somebody has spread it.</summary>
    public void Delivered(RemotePeer from, Message message)
    {
        if (message is Transaction transaction && _stem.TryGetValue(transaction.Id, out var stem))
        {
            Forget(stem);
        }
    }

    private void Pass(TimeSpan now, Transaction transaction, RemotePeer? from, bool isOwn)
    {
        var stem = new Stem(transaction, from, isOwn);
        _stem.Add(transaction.Id, stem);
        _budget.Take(from?.Id ?? tools.Self, transaction.MemoryBytes);
        if (_budget.IsExceeded || (_endsStems && !isOwn) || !SendOn(now, transaction, from))
        {
            Fluff(now, stem);
            return;
        }

        var embargo = EmbargoMinimum + (EmbargoMeanMore * PortableMath.Exponential(tools.Random.NextDouble()));
        tools.Schedule(now + embargo, later =>
        {
            if (_stem.TryGetValue(transaction.Id, out var current) && current == stem)
            {
                Fluff(later, stem);
            }
        });
    }

    /// <returns>False if nobody is there to whom it could be sent.</returns>
    private bool SendOn(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        if (WayOf(from) is not { } next)
        {
            return false;
        }

        tools.Send(now, next, new StemTransaction(tools.Self, transaction, tools.NextId()));
        return true;
    }

    private RemotePeer? WayOf(RemotePeer? from)
    {
        if (_next.Count < StemPeers || _next.Exists(peer => !peer.IsUsable || !tools.Understands(peer)))
        {
            _next.Clear();
            _next.AddRange(tools.ChooseLike(StemPeers));
        }

        if (_next.Count == 0)
        {
            return null;
        }

        var key = from?.Id ?? tools.Self;
        if (!_ways.TryGetValue(key, out var way))
        {
            _ways.Add(key, way = tools.Random.Next(StemPeers));
        }

        // Not back to where it came from, as long as there is another.
        var next = _next[way % _next.Count];
        return next == from && _next.Count > 1 ? _next[(way + 1) % _next.Count] : next;
    }

    private void Fluff(TimeSpan now, Stem stem)
    {
        Forget(stem);
        if (stem.From is null)
        {
            _usual.Spread(now, stem.Transaction, from: null);
        }
        else
        {
            // From here on it is as if it had come by itself: it gets into the pool and is spread.
            tools.Intake.Deliver(now, stem.From, stem.Transaction);
        }
    }

    private void Forget(Stem stem)
    {
        var wasThere = _stem.Remove(stem.Transaction.Id);
        Assertions.That(wasThere, "A stem ends once.");
        _budget.GiveBack(stem.From?.Id ?? tools.Self, stem.Transaction.MemoryBytes);
    }

    /// <param name="From">Null: it began here.</param>
    private sealed record Stem(Transaction Transaction, RemotePeer? From, bool IsOwn);
}
