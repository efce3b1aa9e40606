using Blockchain.Shared.Wire;

namespace Blockchain.Simulation;

/// <summary>A peer has an honest block for the first time.</summary>
/// <param name="Peer">Its place in <see cref="SimulationRun.Peers"/>.</param>
/// <param name="From">
/// That of the peer that sent it, behind the relays that forwarded it; null: it made it itself, or nobody knows who it
/// was.
/// </param>
/// <param name="Made">When the block was made, since the start of the run.</param>
/// <param name="At">When the peer had it, since the start of the run.</param>
public readonly record struct BlockArrival(Hash256 Block, int Peer, int? From, TimeSpan Made, TimeSpan At);
