using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Results;

/// <summary>Counts what happens in all peers together.</summary>
internal sealed class RunStatistics
{
    private static readonly int Types = Enum.GetValues<MessageType>().Length;
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _sent = new long[Types];
    private readonly long[] _bytes = new long[Types];
    private readonly long[] _received = new long[Types];
    private readonly long[] _redundant = new long[Types];
    private readonly long[] _dropped = new long[Types * Reasons];

    public long Transactions { get; private set; }

    public long Reorganisations { get; private set; }

    public int DeepestReorganisation { get; private set; }

    public long Bans { get; set; }

    /// <inheritdoc cref="Blockchain.Events.Redundancy.CopiesPerUseful"/>
    public double Redundancy => Blockchain.Events.Redundancy.CopiesPerUseful(
        Blockchain.Events.Redundancy.Types.Sum(type => _received[(int)type]),
        Blockchain.Events.Redundancy.Types.Sum(type => _redundant[(int)type])) ?? 1;

    public void Sent(MessageType type, int bytes)
    {
        _sent[(int)type]++;
        _bytes[(int)type] += bytes;
    }

    public void Received(MessageType type) => _received[(int)type]++;

    public void Redundant(MessageType type) => _redundant[(int)type]++;

    public void Dropped(MessageType type, DropReason reason) => _dropped[((int)type * Reasons) + (int)reason]++;

    public void TransactionMade() => Transactions++;

    public void Reorganised(int depth)
    {
        Reorganisations++;
        DeepestReorganisation = Math.Max(DeepestReorganisation, depth);
    }

    public IReadOnlyList<MessageStatistics> Messages() =>
    [
        .. Enum.GetValues<MessageType>()
            .Select(type => new MessageStatistics(
                type, _sent[(int)type], _received[(int)type], _redundant[(int)type],
                _dropped.AsSpan((int)type * Reasons, Reasons).ToArray().Sum(), _bytes[(int)type]))
            .Where(type => type.Sent + type.Received + type.Redundant + type.Dropped > 0),
    ];

    public IReadOnlyList<DropStatistics> Drops() =>
    [
        .. from type in Enum.GetValues<MessageType>()
           from reason in Enum.GetValues<DropReason>()
           let count = _dropped[((int)type * Reasons) + (int)reason]
           where count > 0
           select new DropStatistics(type, reason, count),
    ];
}
