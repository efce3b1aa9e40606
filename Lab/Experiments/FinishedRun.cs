using Blockchain.Shared.Observation;
using Blockchain.Simulation;

namespace Blockchain.Lab.Experiments;

/// <summary>What came of one run.</summary>
/// <param name="Result">What the simulator counted.</param>
/// <param name="Blocks">How each honest block spread, in the order in which they were made.</param>
internal sealed record FinishedRun(SimulationResult Result, IReadOnlyList<BlockSpread> Blocks);

/// <summary>
/// How a block spread among those it was meant for: honest peers, up when it was made, other than its maker.
/// </summary>
/// <param name="Wanted">How many they are.</param>
/// <param name="Delays">Seconds from its making until each had it, ascending, as far as they got it.</param>
internal sealed record BlockSpread(int Wanted, double[] Delays)
{
    /// <summary>Seconds until so large a share of them had it; null if so many never did.</summary>
    public double? UntilShare(double share) => Spread.Until<double>(Delays, share, Wanted);
}
