using Blockchain.Shared.Wire;

namespace Blockchain.Trials.Acts;

/// <summary>What came of telling a peer something.</summary>
/// <param name="Problem">Why it did not do it; null: it did.</param>
/// <param name="Made">The block or transaction that it made.</param>
public sealed record Told(string? Problem = null, Hash256? Made = null);
