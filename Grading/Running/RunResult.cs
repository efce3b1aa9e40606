namespace Blockchain.Grading.Running;

/// <summary>One rule, or one seed of a scenario.</summary>
/// <param name="Name">"W12", "seed 7".</param>
/// <param name="Reason">In a line or more; empty if it held.</param>
/// <param name="PublicReason">The same with nothing in it by which a hidden seed could be known.</param>
public sealed record RunResult(string Name, Outcome Outcome, string Reason, string PublicReason);
