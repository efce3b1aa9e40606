using Blockchain.Trials;

namespace Blockchain.Lab.Trials;

/// <summary>A scenario with one of its seeds.</summary>
/// <param name="File">As the user named it.</param>
internal sealed record ScenarioJob(string File, Scenario Scenario);
