namespace Blockchain.Grading.Sheets;

/// <summary>One thing that a sheet asks of a program, and what it is worth.</summary>
/// <param name="Weight">Points for all of it.</param>
/// <param name="IsMandatory">A program that does not hold all of it gets nothing for the sheet.</param>
public abstract record Check(string Name, double Weight, bool IsMandatory);

/// <param name="Rules">Of <c>docs/wire.md</c>: "W4".</param>
public sealed record RuleCheck(string Name, double Weight, bool IsMandatory, IReadOnlyList<string> Rules)
    : Check(Name, Weight, IsMandatory);

/// <param name="File">The path of the scenario, from here.</param>
/// <param name="As">The peers that are the student's program.</param>
/// <param name="Seeds">How many runs.</param>
/// <param name="IsHidden">Its seeds are drawn from a secret, and students do not see them.</param>
public sealed record ScenarioCheck(
    string Name,
    double Weight,
    bool IsMandatory,
    string File,
    IReadOnlyList<string> As,
    int Seeds,
    bool IsHidden)
    : Check(Name, Weight, IsMandatory);
