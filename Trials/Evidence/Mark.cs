using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Trials.Evidence;

/// <summary>A moment that a step gave a name to.</summary>
/// <param name="Time">Since the Unix epoch, by the clock of the peers.</param>
/// <param name="Made">What the step made.</param>
/// <param name="Metrics">Those of each peer at that moment, where somebody will ask for what came since.</param>
public sealed record Mark(
    TimeSpan Time, IReadOnlyList<Hash256> Made, IReadOnlyDictionary<PeerId, PeerReading> Metrics);
