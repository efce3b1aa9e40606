using System.Collections.Immutable;
using Blockchain.Shared.Wire;

namespace Blockchain.Events;

/// <summary>
/// How much of gossip is repetition: copies received for each useful one. 1 is the least that there can be, and 3 says
/// that
/// of three copies two told nothing new.
/// </summary>
public static class Redundancy
{
    /// <summary>What gossip carries: the others are asked for, or go to one peer only.</summary>
    public static ImmutableArray<MessageType> Types { get; } = [MessageType.Inv, MessageType.Block, MessageType.Tx];

    /// <param name="received">Messages that arrived, useful or not.</param>
    /// <param name="redundant">Those of them that told nothing new.</param>
    /// <returns>Null while none was useful.</returns>
    public static double? CopiesPerUseful(long received, long redundant) =>
        received > redundant ? (double)received / (received - redundant) : null;
}
