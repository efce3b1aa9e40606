using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Reading;

/// <summary>What came of reading a scenario.</summary>
/// <param name="Scenario">Null if anything is wrong.</param>
public sealed record ScenarioResult(Scenario? Scenario, IReadOnlyList<PlanProblem> Problems);
