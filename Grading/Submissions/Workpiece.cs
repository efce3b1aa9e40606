namespace Blockchain.Grading.Submissions;

/// <summary>A submission that is ready to run.</summary>
/// <param name="Folder">Its copy.</param>
/// <param name="Problem">Why it cannot be run; null: it can.</param>
internal sealed record Workpiece(Submission Submission, string Folder, string? Problem);
