using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Trials.Evidence;

/// <summary>A block of a peer's tree.</summary>
/// <param name="Made">By its maker's clock, since the Unix epoch.</param>
/// <param name="Accepted">By this peer, since the Unix epoch.</param>
public sealed record KnownBlock(Hash256 Id, PeerId Maker, TimeSpan Made, TimeSpan Accepted);
