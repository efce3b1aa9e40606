using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>
/// How often what happens all the time has happened, since the start of the peer. Only the peer counts; anybody may
/// read
/// at any time, and sees each number right by itself. A reader that wants what is new takes differences.
/// </summary>
public sealed class PeerCounters
{
    /// <summary>Pairs of peers whose relayed messages are told apart; the others count in the total only.</summary>
    public const int MaxRelayedPairs = 1_000;

    private static readonly int Types = Enum.GetValues<MessageType>().Length;
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _sent = new long[Types];
    private readonly long[] _received = new long[Types];
    private readonly long[] _redundant = new long[Types];
    private readonly long[] _dropped = new long[Types * Reasons];
    private readonly Dictionary<(PeerId Origin, PeerId Target), long> _relayedBy = [];
    private long _relayed;
    private long _transactions;

    /// <summary>Messages of others that were passed on.</summary>
    public long Relayed => Volatile.Read(ref _relayed);

    /// <summary>Transactions taken into the pool, own ones too.</summary>
    public long TransactionsAccepted => Volatile.Read(ref _transactions);

    /// <summary>The relayed messages by origin and target. Not to be read while the peer is at work.</summary>
    public IReadOnlyDictionary<(PeerId Origin, PeerId Target), long> RelayedBy => _relayedBy;

    /// <summary>Messages handed to the transport.</summary>
    public long Sent(MessageType type) => Volatile.Read(ref _sent[(int)type]);

    /// <summary>Messages that arrived, useful or not, those in a RELAY for this peer included.</summary>
    public long Received(MessageType type) => Volatile.Read(ref _received[(int)type]);

    /// <summary>Messages that arrived and told nothing new.</summary>
    public long Redundant(MessageType type) => Volatile.Read(ref _redundant[(int)type]);

    /// <summary>Messages that went no further.</summary>
    public long Dropped(MessageType type, DropReason reason) =>
        Volatile.Read(ref _dropped[((int)type * Reasons) + (int)reason]);

    /// <summary>Every drop that occurred.</summary>
    public IEnumerable<(MessageType Type, DropReason Reason, long Count)> Drops()
    {
        for (var i = 0; i < _dropped.Length; i++)
        {
            if (Volatile.Read(ref _dropped[i]) is > 0 and var count)
            {
                yield return ((MessageType)(i / Reasons), (DropReason)(i % Reasons), count);
            }
        }
    }

    internal void CountSent(MessageType type) => _sent[(int)type]++;

    internal void CountReceived(MessageType type) => _received[(int)type]++;

    internal void CountRedundant(MessageType type) => _redundant[(int)type]++;

    internal void CountDropped(MessageType type, DropReason reason)
    {
        Assertions.That(
            !Assertions.AreOn || ((int)type < Types && (int)reason < Reasons),
            "A type or reason that is none of ours.");
        _dropped[((int)type * Reasons) + (int)reason]++;
    }

    internal void CountTransaction() => _transactions++;

    internal void CountRelayed(PeerId origin, PeerId target)
    {
        _relayed++;
        if (_relayedBy.TryGetValue((origin, target), out var count) || _relayedBy.Count < MaxRelayedPairs)
        {
            _relayedBy[(origin, target)] = count + 1;
        }
    }
}
