namespace Blockchain.Grading.Running;

/// <summary>What came of a check with one program.</summary>
/// <param name="Diagram">The smallest failing run as SVG; null: there is none.</param>
/// <param name="Caption">What the diagram shows.</param>
/// <param name="Seconds">Real time that it took.</param>
public sealed record CheckResult(IReadOnlyList<RunResult> Runs, string? Diagram, string Caption, double Seconds)
{
    /// <summary>A mistake of the grader, not of the program; the check is tried again next time.</summary>
    public bool IsOurFault { get; init; }

    public int Held => Runs.Count(run => run.Outcome == Outcome.Held);

    public double Share => Runs.Count == 0 ? 0 : (double)Held / Runs.Count;

    public bool IsWhole => Held == Runs.Count;

    /// <summary>The same for all its runs.</summary>
    public static CheckResult Of(IEnumerable<string> runs, Outcome outcome, string reason) =>
        new([.. runs.Select(run => new RunResult(run, outcome, reason, reason))], null, "", 0);
}
