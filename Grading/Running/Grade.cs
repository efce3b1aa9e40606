using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;

namespace Blockchain.Grading.Running;

/// <summary>All that came of one submission.</summary>
/// <param name="Results">In the order of the sheet.</param>
public sealed record Grade(Submission Submission, IReadOnlyList<(Check Check, CheckResult Result)> Results)
{
    /// <summary>Mandatory checks of which not all held.</summary>
    public IReadOnlyList<Check> Missed =>
        [.. Results.Where(one => one.Check.IsMandatory && !one.Result.IsWhole).Select(one => one.Check)];

    public double MaxScore => Rounded(Results.Sum(one => one.Check.Weight));

    /// <summary>Nothing, where something mandatory is missed.</summary>
    public double Score => Missed.Count > 0
        ? 0
        : Rounded(Results.Sum(one => ScoreOf(one.Check, one.Result)));

    /// <summary>The share that held.</summary>
    public static double ScoreOf(Check check, CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(check);
        ArgumentNullException.ThrowIfNull(result);
        return Rounded(check.Weight * result.Share);
    }

    private static double Rounded(double points)
    {
        const int Digits = 4;
        return Math.Round(points, Digits);
    }
}
