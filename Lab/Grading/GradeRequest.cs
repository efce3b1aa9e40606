namespace Blockchain.Lab.Grading;

/// <summary>What is to be graded, and how.</summary>
internal sealed record GradeRequest(
    string Submissions,
    string Sheet,
    string Folder,
    string? Secret,
    bool HasLeague,
    int Jobs,
    string Sandbox,
    string? Image,
    IReadOnlyList<string> Tools,
    IReadOnlyList<string> Only);
