namespace Blockchain.Trials.Hunting;

/// <summary>What came of shrinking.</summary>
/// <param name="Smallest">The smallest run found that fails in the same way.</param>
/// <param name="Runs">How many were tried.</param>
/// <param name="IsDone">Whether nothing was left to try; false: the time was over.</param>
public sealed record Shrunk(Failure Smallest, int Runs, bool IsDone);
