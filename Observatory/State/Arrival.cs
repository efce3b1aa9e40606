using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>A peer took a block into its tree.</summary>
/// <param name="Number">
/// Counts acceptances in the order in which they were heard of, so that a reader finds the new ones.
/// </param>
/// <param name="Via">Who delivered it; the peer itself for its own.</param>
/// <param name="Time">By the clock of <paramref name="Peer"/>.</param>
public sealed record Arrival(long Number, Hash256 Block, PeerId Peer, PeerId Via, TimeSpan Time);
