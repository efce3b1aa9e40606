using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// Push and pull in rounds (Demers et al., "Epidemic algorithms for replicated database maintenance", 1987; R. Karp,
/// C. Schindelhauer, S. Shenker and B. Vöcking, "Randomized rumor spreading", 2000). Each <c>gossipInterval</c> a peer
/// tells one random neighbour the ids of what it heard of late, and so asks what that one has: each sends the other what
/// it lacks. While few know a rumour, telling is quick; when most know it, asking finds the rest.
/// </summary>
internal sealed class PushPullRule(RelayTools tools) : IRelayRule
{
    /// <summary>
    /// Rounds for which a rumour is told: Karp et al. need log3 n + O(ln ln n) until all n know it, ten for ten thousand.
    /// </summary>
    private const int HotRounds = 10;

    /// <summary>
    /// It is listed for longer, so that nobody sends it to one that had it earlier.
    /// </summary>
    private const int ListedRounds = 2 * HotRounds;

    private const int MaxRumours = 1_000;

    /// <summary>Transactions that are sent in answer to one list; the next round goes to somebody else.</summary>
    private const int MaxAnswered = 25;

    private readonly Queue<Rumour> _rumours = new();
    private readonly RecentTransactions _transactions = new(tools.Ids);
    private readonly TransactionRequests _requests = new(tools);
    private int _round;

    public bool HasMessages => true;

    public void Start(TimeSpan now)
    {
        if (tools.Settings.GossipInterval > TimeSpan.Zero)
        {
            // Rounds of different peers need not begin at the same time.
            tools.Schedule(now + (tools.Settings.GossipInterval * tools.Random.NextDouble()), Round);
        }
    }

    public void Announce(TimeSpan now, Block block, Holders holders)
    {
        Note(new Rumour(block.Id, null, _round));
        tools.TellOthers(now, block, holders);
    }

    public void Spread(TimeSpan now, Transaction transaction, RemotePeer? from)
    {
        Note(new Rumour(transaction.Id, transaction, _round));
        _transactions.Add(transaction);
        tools.TellOthers(now, transaction, from);
    }

    public bool TryReceive(TimeSpan now, RemotePeer from, Message message)
    {
        switch (message)
        {
            case Rumours rumours:
                OnRumours(now, from, rumours);
                return true;
            case WantTransactions question:
                _requests.Answer(now, from, question, _transactions.Find);
                return true;
            default:
                return false;
        }
    }

    private void Round(TimeSpan now)
    {
        _round++;
        while (_rumours.TryPeek(out var oldest) && _round - oldest.Since > ListedRounds)
        {
            _rumours.Dequeue();
        }

        foreach (var partner in tools.ChooseLike(1))
        {
            tools.Send(now, partner, new Rumours(
                tools.Self,
                [.. _rumours.Where(rumour => rumour.Transaction is null).Select(rumour => rumour.Id)],
                [.. _rumours.Where(rumour => rumour.Transaction is not null).Select(rumour => rumour.Id)],
                tools.NextId()));
        }

        tools.Schedule(now + tools.Settings.GossipInterval, Round);
    }

    private void OnRumours(TimeSpan now, RemotePeer from, Rumours rumours)
    {
        if (rumours.BlockIds.Count > 0)
        {
            tools.Intake.Announced(now, from, rumours.BlockIds);
        }

        if (!tools.Understands(from) || !from.IsUsable)
        {
            return;
        }

        _requests.Ask(now, from, rumours.TransactionIds);
        var known = new HashSet<Hash256>(rumours.BlockIds.Concat(rumours.TransactionIds), tools.Ids);
        var sent = 0;
        foreach (var rumour in _rumours.Where(rumour => IsHot(rumour) && !known.Contains(rumour.Id)))
        {
            if (rumour.Transaction is null)
            {
                tools.SendInventory(now, rumour.Id, [from]);
            }
            else if (sent++ < MaxAnswered)
            {
                tools.SendTransaction(now, rumour.Transaction, [from]);
            }
        }
    }

    private bool IsHot(Rumour rumour) => _round - rumour.Since <= HotRounds;

    private void Note(Rumour rumour)
    {
        _rumours.Enqueue(rumour);
        if (_rumours.Count > MaxRumours)
        {
            _rumours.Dequeue();
        }

        Assertions.That(_rumours.Count <= MaxRumours, "What others can make us remember is bounded.");
    }

    /// <param name="Transaction">Null: it is a block.</param>
    /// <param name="Since">The round in which it was heard.</param>
    private sealed record Rumour(Hash256 Id, Transaction? Transaction, int Since);
}
