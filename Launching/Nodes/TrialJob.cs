using Blockchain.Trials;

namespace Blockchain.Launching.Nodes;

/// <summary>A scenario with one of its seeds.</summary>
/// <param name="File">As the user named it.</param>
public sealed record TrialJob(string File, Scenario Scenario);
