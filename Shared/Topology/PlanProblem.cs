namespace Blockchain.Shared.Topology;

/// <summary>Something wrong with a <c>peers.json</c>.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.peers['5003'].localnetworkid</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PlanProblem(string Path, string Message, Severity Severity)
{
    public override string ToString() => $"{(Severity == Severity.Error ? "error" : "warning")}: {Path}: {Message}";
}
