using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Sheets;

/// <param name="Sheet">Null if anything is wrong.</param>
/// <param name="Problems">All of them, each with its place.</param>
public sealed record SheetResult(Sheet? Sheet, IReadOnlyList<PlanProblem> Problems);
