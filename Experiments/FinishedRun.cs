using Blockchain.Simulation;

namespace Blockchain.Experiments;

/// <summary>What came of one run.</summary>
/// <param name="Result">What the simulator counted.</param>
/// <param name="InTime">See <see cref="Measures.InTime"/>.</param>
/// <param name="Deceived">Null where nobody deceives.</param>
/// <param name="Eclipsed">See <see cref="Measures.Eclipsed"/>.</param>
internal sealed record FinishedRun(
    SimulationResult Result, double? InTime, Deceived? Deceived = null, double? Eclipsed = null);
