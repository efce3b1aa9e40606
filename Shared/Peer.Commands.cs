using System.Diagnostics.CodeAnalysis;
using Blockchain.Shared.Behaviour;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <content>What a running peer can be told.</content>
public sealed partial class Peer
{
    /// <summary>
    /// Does what it is told. The only way to change how a running peer behaves, so that a listener hears of every
    /// change; also when a load has run its time.
    /// </summary>
    public CommandResult Apply(TimeSpan now, PeerCommand command)
    {
        switch (command)
        {
            case Mine:
                return TryMakeBlock(now, out var block)
                    ? CommandResult.Made(block, isBegun: _context.Miner is not null && block.HasValidId)
                    : CommandResult.Refused(MakesNoBlocks ?? "A light peer makes no blocks.");
            case Pay pay:
                var to = pay.To ?? (Table.All is [var first, ..] ? first.Id : Info.Id);
                return TryMakeTransaction(now, to, pay.Amount, out var transaction)
                    ? CommandResult.Made(transaction)
                    : CommandResult.Refused(WhyNoTransaction());
            case SetLoad { PerSecond: not (>= 0 and <= MaxLoad) } or SetLoad { Time.Ticks: < 0 }:
                return CommandResult.Refused($"A load is from 0 to {MaxLoad} transactions a second, for a time above "
                    + "0.");
            case SetLoad when Info.Light:
                return CommandResult.Refused("A light peer makes no transactions.");
            case SetConditions conditions when _context.Outbox.Problem(conditions) is { } problem:
                return CommandResult.Refused(problem);
            case SetMalicious malicious when Behaviours.All.Problem(malicious.Becomes) is { } problem:
                return CommandResult.Refused(problem);
        }

        Switch(now, command);
        Switched(now);
        return CommandResult.Done;
    }

    /// <summary>All that can be changed about it, as it is now.</summary>
    public PeerSwitched Switches(TimeSpan now) => new(
        now,
        Info.Id,
        IsMalicious,
        IsGenerating,
        IsCutOff,
        IsPaused,
        Conditions.Loss,
        Conditions.Latency.Min,
        Conditions.Latency.Max,
        Load,
        Behaviour,
        Conditions.Burst,
        _context.Outbox.ToldCapacity,
        _context.Outbox.Pairs,
        _context.Outbox.Blocked.Count,
        Conditions.Shape == LatencyShape.Uniform ? null : LatencyShapes.NameOf(Conditions.Shape));

    /// <summary>Makes a transaction now; false on a light peer and when the pool is full.</summary>
    internal bool TryMakeTransaction(
        TimeSpan now, PeerId to, long amount, [NotNullWhen(true)] out Transaction? transaction) =>
        _producer.MakeTransaction(now, to, amount, out transaction);

    /// <summary>Makes a block now; false on a light peer.</summary>
    internal bool TryMakeBlock(TimeSpan now, [NotNullWhen(true)] out Block? block) =>
        _producer.MakeBlock(now, out block);

    private void Switch(TimeSpan now, PeerCommand command)
    {
        switch (command)
        {
            case SetMalicious malicious:
                _context.Behave(malicious.Becomes);
                if (_hasStarted)
                {
                    StartBehaviour(now);
                }

                break;
            case SetGenerating { Value: var value }:
                _producer.IsGenerating = value;
                break;
            case SetCutOff { Value: var value }:
                _context.Table.IsCutOff = value;
                break;
            case SetPaused { Value: var value }:
                IsPaused = value;
                break;
            case SetConditions conditions:
                _context.Outbox.Change(now, conditions);
                break;
            case SetPartition partition:
                _context.Outbox.Blocked = partition.From;
                break;
            case SetLoad load:
                _producer.SetLoad(now, load);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "A peer does not know this command.");
        }
    }

    private void StartBehaviour(TimeSpan now) => _context.Behaviour.Start(now, new BehaviourTools(
        _context,
        _context.Behaviour,
        at => _producer.MakeTransaction(at, out var transaction) ? transaction : null));

    private void Switched(TimeSpan now)
    {
        if (_context.Reports.IsListening)
        {
            _context.Reports.Happened(Switches(now));
        }
    }

    private string WhyNoTransaction() => Info.Light
        ? "A light peer makes no transactions."
        : Ledger.Pool.Count >= Plan.Settings.PoolLimit
            ? $"The pool is full: {Ledger.Pool.Count} transactions wait for a block."
            : "It has just made the same transaction.";
}
