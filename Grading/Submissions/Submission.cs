namespace Blockchain.Grading.Submissions;

/// <summary>What one student has handed in.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Folder">Where it lies; it is never changed.</param>
/// <param name="Hash">Of all its files, in hex.</param>
/// <param name="Problem">Why it cannot be run; null: it can.</param>
public sealed record Submission(string Name, string Folder, string Hash, string? Problem)
{
    /// <summary>The program and its arguments for virtual time.</summary>
    public IReadOnlyList<string> Stdio { get; init; } = [];

    /// <summary>What is to be run before; null: nothing.</summary>
    public IReadOnlyList<string>? Build { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
