namespace Blockchain.Shared.Neighbours;

/// <summary>
/// The points that a peer has for what it did wrong, which lose half of their weight in each half-life.
/// </summary>
/// <param name="Points">At <paramref name="At"/>.</param>
/// <param name="At">When it was last changed, since the Unix epoch.</param>
public readonly record struct Score(double Points, TimeSpan At)
{
    /// <summary>So little counts as nothing, or what is long ago would decide about a ban.</summary>
    private const double Negligible = 0.05;

    /// <param name="halfLife">Zero: nothing is forgiven.</param>
    public double PointsAt(TimeSpan now, TimeSpan halfLife)
    {
        if (halfLife <= TimeSpan.Zero || now <= At || Points <= 0)
        {
            return Points;
        }

        var left = Points * Math.Pow(2, -((now - At) / halfLife));
        return left < Negligible ? 0 : left;
    }
}
