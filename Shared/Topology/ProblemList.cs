namespace Blockchain.Shared.Topology;

/// <summary>Collects the problems of one file.</summary>
internal sealed class ProblemList
{
    private readonly List<PlanProblem> _problems = [];

    public bool HasErrors { get; private set; }

    public IReadOnlyList<PlanProblem> All => _problems;

    public void Error(JsonPath path, string message)
    {
        HasErrors = true;
        _problems.Add(new PlanProblem(path.ToString(), message, Severity.Error));
    }

    public void Warning(JsonPath path, string message) =>
        _problems.Add(new PlanProblem(path.ToString(), message, Severity.Warning));
}
