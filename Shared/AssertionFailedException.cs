namespace Blockchain.Shared;

/// <summary>Something that must always hold in the core does not: a defect of this program.</summary>
public sealed class AssertionFailedException(string whatHolds) : Exception($"Does not hold: {whatHolds}");
