namespace Blockchain.Shared.Neighbours;

/// <summary>The points that a peer has for what it did wrong, which lose half of their weight in each half-life.</summary>
/// <param name="Points">At <paramref name="At"/>.</param>
/// <param name="At">When it was last changed, since the Unix epoch.</param>
public readonly record struct Score(double Points, TimeSpan At)
{
    /// <param name="halfLife">Zero: nothing is forgiven.</param>
    public double PointsAt(TimeSpan now, TimeSpan halfLife) =>
        halfLife <= TimeSpan.Zero || now <= At || Points <= 0
            ? Points
            : Points * Math.Pow(2, -(now - At) / halfLife);
}
