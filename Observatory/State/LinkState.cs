using Blockchain.Shared;
using Blockchain.Shared.Neighbours;

namespace Blockchain.Observatory.State;

/// <summary>What one peer knows of another.</summary>
/// <param name="RoundTrip">
/// Smoothed as TCP does (RFC 6298, a weight of 1/8 for the newest); null while unmeasured.
/// </param>
/// <param name="Measured">When it was last measured.</param>
public sealed record LinkState(PeerId From, PeerId To, PeerStatus Status, TimeSpan? RoundTrip, TimeSpan Measured);
