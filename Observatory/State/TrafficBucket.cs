using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>What happened in one stretch of time, over all peers.</summary>
/// <param name="Start">Since the Unix epoch; a multiple of <see cref="Width"/>.</param>
/// <param name="Received">Messages by <see cref="MessageType"/>, as is <paramref name="Redundant"/>.</param>
/// <param name="Redundant">Those that told nothing new.</param>
/// <param name="Dropped">Messages by <see cref="DropReason"/>.</param>
/// <param name="Relayed">Messages passed on.</param>
/// <param name="Blocks">Blocks made.</param>
/// <param name="TransactionsMade">Transactions made.</param>
public sealed record TrafficBucket(
    TimeSpan Start,
    ImmutableArray<long> Received,
    ImmutableArray<long> Redundant,
    ImmutableArray<long> Dropped,
    long Relayed,
    int Blocks,
    int TransactionsMade)
{
    public static readonly TimeSpan Width = TimeSpan.FromSeconds(5);

    public long ReceivedOf(MessageType type) => Received[(int)type];

    public long RedundantOf(MessageType type) => Redundant[(int)type];

    public long DroppedFor(DropReason reason) => Dropped[(int)reason];

    public long AllReceived => Received.Sum();

    public long AllRedundant => Redundant.Sum();

    public long AllDropped => Dropped.Sum();
}
