using System.Collections.Immutable;
using Blockchain.Shared;

namespace Blockchain.Lab.Messages;

/// <summary>What a diagram is asked to show; null where nothing was said.</summary>
/// <param name="Block">How its id begins.</param>
/// <param name="Transaction">How its id begins.</param>
/// <param name="From">Since the begin of the events.</param>
/// <param name="To">Since the begin of the events.</param>
/// <param name="Peers">Only these, in this order; empty: all.</param>
/// <param name="ToPeer">Whose way is emphasised.</param>
/// <param name="During">How long a network that runs is listened to.</param>
internal sealed record DiagramRequest(
    string? Block,
    string? Transaction,
    TimeSpan? From,
    TimeSpan? To,
    ImmutableArray<PeerId> Peers,
    PeerId? ToPeer,
    TimeSpan? During,
    string Output);
