using Blockchain.Shared;
using Blockchain.Shared.Messages;

namespace Blockchain.Observatory.State;

/// <summary>A block with which the chains of some peers end.</summary>
/// <param name="Slot">As of its <see cref="BlockState"/>.</param>
/// <param name="Peers">Those that are up, in the order of their ids.</param>
public sealed record TipState(Hash256 Block, int Height, int Slot, IReadOnlyList<PeerId> Peers);
