using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Behaviour;
using Blockchain.Shared.Chain;
using Blockchain.Shared.Spreading;
using Blockchain.Shared.Spreading.Rules;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Making;

/// <summary>Makes transactions and blocks, on full peers only.</summary>
internal sealed class Producer(PeerContext context, IRelayRule relay, BlockExchange blocks)
{
    private const int MaxAmount = 100;

    /// <summary>
    /// What is due later than this, because the peer stood still or had too much to do, is not made up for.
    /// </summary>
    private static readonly TimeSpan MaxLag = TimeSpan.FromMilliseconds(100);

    /// <summary>What a nonce is being looked for; null: nothing.</summary>
    private Block? _template;

    /// <summary>Which of the series of transactions counts: the last one that was begun.</summary>
    private int _series;

    /// <summary>Why no blocks are made for now, in words for people; null: they are made.</summary>
    public string? MakesNoBlocks { get; set; }

    /// <summary>Whether transactions and blocks are made at intervals.</summary>
    public bool IsGenerating
    {
        get;
        set
        {
            field = value;
            if (!value && _template is not null)
            {
                _template = null;
                context.Miner!.Stop();
            }
        }
    } = true;

    /// <summary>Transactions a second instead of those of the plan; zero: none.</summary>
    public double Load { get; private set; }

    private ChainNode? Parent => context.Behaviour.MinesOn(context.Ledger.Chain);

    /// <summary>Mean time between two blocks of this peer; zero: it makes none by itself.</summary>
    private TimeSpan BlockInterval => context.Settings.Share > 0
        ? TimeSpan.FromSeconds(Math.Min(
            context.Settings.BlockInterval.TotalSeconds / context.Settings.Share, Durations.Longest.TotalSeconds))
        : TimeSpan.Zero;

    /// <summary>Called when a load has run its time.</summary>
    public required Action<TimeSpan> LoadEnded { get; init; }

    public void Start(TimeSpan now)
    {
        Assertions.That(_series == 0, "A peer starts once.");
        if (!context.Self.Light)
        {
            MakeTransactions(now, context.Settings.TransactionInterval);
            Repeat(now, BlockInterval, later => MakeBlock(later, out _), static () => true);
        }
    }

    public void SetLoad(TimeSpan now, SetLoad load)
    {
        Assertions.That(
            load.PerSecond is >= 0 and <= Peer.MaxLoad && load.Time >= TimeSpan.Zero, "An impossible load.");
        Assertions.That(!context.Self.Light, "A light peer makes no transactions.");
        Load = load.PerSecond;
        var series = MakeTransactions(
            now,
            Load > 0
                ? TimeSpan.FromSeconds(Math.Min(1 / Load, Durations.Longest.TotalSeconds))
                : context.Settings.TransactionInterval);
        if (Load > 0 && load.Time > TimeSpan.Zero)
        {
            context.Timers.Schedule(now + load.Time, later => EndLoad(later, series));
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
        made = context.Identity?.Sign(made) ?? made;
        if (context.Ledger.AddTransaction(made, context.Self.Id) != AddOutcome.Added)
        {
            return false;
        }

        Assertions.That(made.HasValidId, "A transaction of our own is one that others accept.");
        transaction = made;
        context.Reports.TransactionMade(now, made);
        if (context.Behaviour.Shows(made, isOwn: true))
        {
            relay.Spread(now, made, from: null);
        }

        return true;
    }

    /// <summary>
    /// A block on our tip with the pool's transactions. Where blocks need work, this begins with it, and the block is
    /// what it is begun with.
    /// </summary>
    /// <returns>False on a light peer, which makes none, and while <see cref="MakesNoBlocks"/> says why.</returns>
    public bool MakeBlock(TimeSpan now, [NotNullWhen(true)] out Block? block)
    {
        block = null;
        if (context.Self.Light || MakesNoBlocks is not null)
        {
            return false;
        }

        block = Propose(now);
        if (context.Miner is { } miner && block.HasValidId)
        {
            _template = block;
            miner.Search(block);
        }
        else
        {
            Publish(now, block);
        }

        return true;
    }

    /// <summary>The work for a block of ours is done.</summary>
    public void Mined(TimeSpan now, Block block)
    {
        // It may have been found when the tip had changed already, or when nobody wanted it any more.
        if (_template?.PreviousId == block.PreviousId)
        {
            _template = null;
            Publish(now, block);
        }
    }

    /// <summary>Begins anew on the tip, if that is another one than when the work was begun.</summary>
    public void FollowTip(TimeSpan now)
    {
        if (_template is { } template && Parent?.Id is { } parent && parent != template.PreviousId)
        {
            _template = null;
            MakeBlock(now, out _);
        }
    }

    private Block Propose(TimeSpan now)
    {
        var parent = Parent;
        var previous = parent?.Id ?? Hash256.Genesis;
        var transactions = context.Ledger.TransactionsForBlock(context.Settings.BlockTransactionLimit, parent);
        var block = context.Behaviour.MakeBlock(
            context.Self.Id, Timestamp(now), previous, transactions, context.Random);
        block = context.Identity?.Sign(block, transactions) ?? block;
        Assertions.That(block.PreviousId == previous, "It is a block on what we mine on.");
        Assertions.That(block.TransactionIds.Length <= context.Settings.BlockTransactionLimit, "A block is bounded.");
        Assertions.That(block.HasValidId || context.Behaviour is not Honest, "An honest peer's ids are right.");
        return block;
    }

    private void Publish(TimeSpan now, Block block)
    {
        context.Reports.BlockMade(now, block);
        blocks.OnOwnBlock(now, block);
    }

    /// <summary>Unix seconds to the microsecond, as Python's <c>time.time()</c> gives them.</summary>
    private static double Timestamp(TimeSpan now) => Math.Round(now.TotalSeconds, 6);

    private void EndLoad(TimeSpan now, int series)
    {
        Assertions.That(series <= _series, "A series ends after it began.");
        if (series == _series)
        {
            SetLoad(now, new SetLoad(0));
            LoadEnded(now);
        }
    }

    /// <summary>In place of the series that was begun before.</summary>
    private int MakeTransactions(TimeSpan now, TimeSpan mean)
    {
        var series = ++_series;
        Repeat(now, mean, later => MakeTransaction(later, out _), () => series == _series);
        return series;
    }

    private TimeSpan Gap(TimeSpan mean) => context.Settings.Poisson
        ? mean * PortableMath.Exponential(context.Random.NextDouble())
        : context.Random.Jittered(mean, context.Settings.Jitter);

    private void Repeat(TimeSpan from, TimeSpan mean, Action<TimeSpan> make, Func<bool> goesOn)
    {
        if (mean <= TimeSpan.Zero)
        {
            return;
        }

        var due = from + Gap(mean);
        Assertions.That(due >= from, "A jitter of at most 1 leaves no time negative.");
        context.Timers.Schedule(due, now =>
        {
            if (!goesOn())
            {
                return;
            }

            if (IsGenerating)
            {
                make(now);
            }

            // From when it was due, or a high rate would be as low as that at which the host looks at its clock.
            Repeat(now - due > MaxLag ? now : due, mean, make, goesOn);
        });
    }
}
