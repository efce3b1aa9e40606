using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Results;

/// <summary>Counts what happens in all peers together.</summary>
internal sealed class RunStatistics
{
    private static readonly MessageType[] Types = Enum.GetValues<MessageType>();
    private static readonly DropReason[] Reasons = Enum.GetValues<DropReason>();

    private readonly long[] _sent = new long[Types.Length];
    private readonly long[] _bytes = new long[Types.Length];
    private readonly PeerCounters _together = new();
    private readonly List<PeerCounters> _all;

    /// <summary>Messages that the simulated links lost, which no peer knows of.</summary>
    private readonly long[] _lost = new long[Types.Length];

    /// <summary>What had been received and dropped when counting began.</summary>
    private readonly long[] _receivedBefore = new long[Types.Length];
    private readonly long[] _redundantBefore = new long[Types.Length];
    private readonly long[,] _droppedBefore = new long[Types.Length, Reasons.Length];

    public RunStatistics() => _all = [_together];

    public long Transactions { get; private set; }

    public long Reorganisations { get; private set; }

    public int DeepestReorganisation { get; private set; }

    public long Bans { get; set; }

    public int DoubleSpends { get; private set; }

    public int DoubleSpent { get; private set; }

    /// <inheritdoc cref="Blockchain.Events.Redundancy.CopiesPerUseful"/>
    public double Redundancy => Blockchain.Events.Redundancy.CopiesPerUseful(
        Blockchain.Events.Redundancy.Types.Sum(Received),
        Blockchain.Events.Redundancy.Types.Sum(Redundant)) ?? 1;

    /// <summary>
    /// What a peer is to count in. That of thousands, of whom nobody asks, stays in the processor's cache.
    /// </summary>
    public PeerCounters CountersFor(bool isObserved)
    {
        if (!isObserved)
        {
            return _together;
        }

        var own = new PeerCounters();
        _all.Add(own);
        return own;
    }

    /// <summary>Counts from now on; what was before belongs to the warm-up. The peers go on counting.</summary>
    public void Begin()
    {
        Array.Clear(_sent);
        Array.Clear(_bytes);
        foreach (var type in Types)
        {
            _receivedBefore[(int)type] += Received(type);
            _redundantBefore[(int)type] += Redundant(type);
            foreach (var reason in Reasons)
            {
                _droppedBefore[(int)type, (int)reason] += Dropped(type, reason);
            }
        }
    }

    public void Sent(MessageType type, int bytes)
    {
        _sent[(int)type]++;
        _bytes[(int)type] += bytes;
    }

    /// <summary>What a message lacked that was sent before.</summary>
    public void Completed(MessageType type, int bytes) => _bytes[(int)type] += bytes;

    /// <summary>A link lost a message.</summary>
    public void Lost(MessageType type) => _lost[(int)type]++;

    public void TransactionMade() => Transactions++;

    public void AttackEnded(bool succeeded)
    {
        DoubleSpends++;
        DoubleSpent += succeeded ? 1 : 0;
    }

    public void Reorganised(int depth)
    {
        Reorganisations++;
        DeepestReorganisation = Math.Max(DeepestReorganisation, depth);
    }

    public IReadOnlyList<MessageStatistics> Messages() =>
    [
        .. Types
            .Select(type => new MessageStatistics(
                type, _sent[(int)type], Received(type), Redundant(type),
                Reasons.Sum(reason => Dropped(type, reason)), _bytes[(int)type]))
            .Where(type => type.Sent + type.Received + type.Redundant + type.Dropped > 0),
    ];

    public IReadOnlyList<DropStatistics> Drops() =>
    [
        .. from type in Types
           from reason in Reasons
           let count = Dropped(type, reason)
           where count > 0
           select new DropStatistics(type, reason, count),
    ];

    private long Received(MessageType type) =>
        _all.Sum(counters => counters.Received(type)) - _receivedBefore[(int)type];

    private long Redundant(MessageType type) =>
        _all.Sum(counters => counters.Redundant(type)) - _redundantBefore[(int)type];

    private long Dropped(MessageType type, DropReason reason) =>
        _all.Sum(counters => counters.Dropped(type, reason)) + (reason == DropReason.Loss ? _lost[(int)type] : 0)
        - _droppedBefore[(int)type, (int)reason];
}
