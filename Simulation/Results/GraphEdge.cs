namespace Blockchain.Simulation;

/// <summary>A line from one peer to another one that it knows at the start and can reach.</summary>
/// <param name="Latency">Its mean; of one that skews, the median.</param>
/// <param name="BitsPerSecond">Of the slowest piece of the way; 0: no limit.</param>
/// <param name="Loss">Share of messages lost, 0..1.</param>
public readonly record struct GraphEdge(
    SimulatedPeer From, SimulatedPeer To, TimeSpan Latency, double BitsPerSecond, double Loss);
