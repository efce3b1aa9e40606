namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>What came of a command.</summary>
/// <param name="Problem">Why it did not succeed; null: it did.</param>
/// <param name="Output">The last of what it wrote.</param>
public sealed record CommandResult(string? Problem, string Output);
