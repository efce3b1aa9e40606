namespace Blockchain.Launching.Machine;

/// <summary>What one piece of work met on this machine.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Late">How long after it was due it began: what every timer of a peer meets.</param>
/// <param name="Work">How long it took.</param>
/// <param name="Alone">How long it takes on a core of its own, to judge by its fastest part.</param>
/// <param name="Idle">
/// Share of the time since the sample before in which the cores had nothing to do, 0..1; null where nobody tells.
/// </param>
public readonly record struct MachineSample(TimeSpan At, TimeSpan Late, TimeSpan Work, TimeSpan Alone, double? Idle)
{
    /// <summary>0..1: how fast it was done from when it was due, compared with a core of its own.</summary>
    public double Speed => Math.Min(1, Alone / (Late + Work));
}
