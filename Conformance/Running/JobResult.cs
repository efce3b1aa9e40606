namespace Blockchain.Conformance.Running;

/// <param name="Malformed">What the node wrote that is no message; null: nothing.</param>
internal sealed record JobResult(RuleResult Result, string? Malformed);
