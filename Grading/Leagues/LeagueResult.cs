namespace Blockchain.Grading.Leagues;

/// <summary>Who had which chain at the end of a league.</summary>
/// <param name="Members">First our own peers, then the submissions, by name.</param>
/// <param name="Seeds">How many runs.</param>
/// <param name="Same">In how many runs two of them ended with the same last block.</param>
/// <param name="Common">How many blocks two of them both had, in the run where they had fewest.</param>
/// <param name="Failures">What ended a program, by its name.</param>
public sealed record LeagueResult(
    IReadOnlyList<string> Members,
    int Seeds,
    int[][] Same,
    int[][] Common,
    IReadOnlyDictionary<string, string> Failures);
