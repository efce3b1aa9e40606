using Blockchain.Launching.Guests;

namespace Blockchain.Grading.Sheets;

/// <summary>What programs of students are graded by.</summary>
/// <param name="About">A sentence for people.</param>
/// <param name="Limits">For each process of a program.</param>
/// <param name="BuildTime">Real time for the build of a program.</param>
public sealed record Sheet(string About, IReadOnlyList<Check> Checks, GuestLimits Limits, TimeSpan BuildTime)
{
    public double MaxScore => Checks.Sum(check => check.Weight);

    public bool HasHidden => Checks.Any(check => check is ScenarioCheck { IsHidden: true });
}
