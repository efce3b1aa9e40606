using Blockchain.Shared.Wire;

namespace Blockchain.Trials.Acts;

/// <summary>What came of an act.</summary>
/// <param name="Problems">Who did not do it, and why, one line each.</param>
/// <param name="Made">The blocks or transactions that were made.</param>
public sealed record ActOutcome(IReadOnlyList<string> Problems, IReadOnlyList<Hash256> Made);
