namespace Blockchain.Shared.Topology;

/// <summary>What became of a <c>peers.json</c>.</summary>
/// <param name="Plan">The network; null if any problem is an error.</param>
/// <param name="Problems">Every problem of the file at once, first those of single values, then those between
/// peers.</param>
public sealed record PeersFileResult(NetworkPlan? Plan, IReadOnlyList<PlanProblem> Problems)
{
    public IEnumerable<PlanProblem> Errors => Problems.Where(problem => problem.Severity == Severity.Error);

    public IEnumerable<PlanProblem> Warnings => Problems.Where(problem => problem.Severity == Severity.Warning);
}
