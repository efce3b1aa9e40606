using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>A block with which the chains of some peers end.</summary>
/// <param name="Mark">As of its <see cref="BlockState"/>; null if that is not known.</param>
/// <param name="Peers">Those that are up, in the order of their ids.</param>
public sealed record TipState(Hash256 Block, int Height, BlockMark? Mark, IReadOnlyList<PeerId> Peers);
