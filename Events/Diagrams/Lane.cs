using Blockchain.Events.Messages;
using Blockchain.Shared;

namespace Blockchain.Events.Diagrams;

/// <summary>One peer of a diagram.</summary>
/// <param name="Arrival">When it got what the diagram is about; null: never, or the diagram is about nothing.</param>
public sealed record Lane(PeerId Peer, Arrival? Arrival);
