using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Messages;

namespace Blockchain.Shared.Ledger;

/// <summary>Makes transactions and blocks, on full peers only.</summary>
internal sealed class Producer(PeerContext context, Gossip gossip, BlockExchange blocks)
{
    private const int MaxAmount = 100;

    /// <summary>Makes block ids at random, instead of computing them.</summary>
    public bool IsMalicious { get; set; } = context.Plan.Malicious;

    /// <summary>Whether transactions and blocks are made at intervals.</summary>
    public bool IsGenerating { get; set; } = true;

    public void Start(TimeSpan now)
    {
        if (!context.Self.Light)
        {
            Repeat(now, context.Settings.TransactionInterval, later => MakeTransaction(later, out _));
            Repeat(now, context.Settings.BlockInterval, later => MakeBlock(later, out _));
        }
    }

    /// <summary>Pays a random amount to a random known peer.</summary>
    public bool MakeTransaction(TimeSpan now, [NotNullWhen(true)] out Transaction? transaction)
    {
        var peers = context.Table.All;
        var to = peers.Count > 0 ? peers[context.Random.Next(peers.Count)].Id : context.Self.Id;
        return MakeTransaction(now, to, 1 + context.Random.Next(MaxAmount), out transaction);
    }

    /// <returns>False on a light peer, which makes none, and when the pool is full.</returns>
    public bool MakeTransaction(
        TimeSpan now, PeerId to, long amount, [NotNullWhen(true)] out Transaction? transaction)
    {
        transaction = null;
        if (context.Self.Light)
        {
            return false;
        }

        var made = TransactionFactory.Create(context.Self.Id.Value, to.Value, amount, Timestamp(now));
        if (context.Ledger.AddTransaction(made) != AddOutcome.Added)
        {
            return false;
        }

        transaction = made;
        context.Events.TransactionMade(now, made);
        gossip.Spread(now, made, from: null);
        return true;
    }

    /// <summary>A block on our tip with the pool's transactions.</summary>
    /// <returns>False on a light peer, which makes none.</returns>
    public bool MakeBlock(TimeSpan now, [NotNullWhen(true)] out Block? block)
    {
        block = null;
        if (context.Self.Light)
        {
            return false;
        }

        var previous = context.Ledger.Chain.Tip?.Header.Id ?? Hash256.Genesis;
        var transactions = context.Ledger.TransactionsForBlock(context.Settings.BlockTransactionLimit);
        block = IsMalicious
            ? BlockFactory.CreateForged(
                context.Self.Id, Timestamp(now), previous, transactions, context.Random.NextHash())
            : BlockFactory.Create(context.Self.Id, Timestamp(now), previous, transactions);
        context.Events.BlockMade(now, block);
        blocks.OnOwnBlock(now, block);
        return true;
    }

    /// <summary>Unix seconds to the microsecond, as Python's <c>time.time()</c> gives them.</summary>
    private static double Timestamp(TimeSpan now) => Math.Round(now.TotalSeconds, 6);

    private void Repeat(TimeSpan now, TimeSpan mean, Action<TimeSpan> make)
    {
        if (mean <= TimeSpan.Zero)
        {
            return;
        }

        context.Timers.Schedule(now + context.Random.Jittered(mean, context.Settings.Jitter), later =>
        {
            if (IsGenerating)
            {
                make(later);
            }

            Repeat(later, mean, make);
        });
    }
}
