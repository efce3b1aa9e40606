using System.Globalization;

namespace Blockchain.Launching.Machine;

/// <summary>
/// How busy this machine was for some time, and so whether promises about time can be judged by that time.
/// </summary>
public sealed record MachineReading
{
    /// <summary>Work took on average so many times as long as on a core of its own.</summary>
    public const double MostSlowdown = 2;

    /// <summary>The cores had nothing to do for this share of the time: nobody else wanted all of them.</summary>
    public const double LeastIdle = 0.2;

    public static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(250);

    public MachineReading(IReadOnlyCollection<MachineSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Samples = samples.Count;
        if (Samples == 0)
        {
            return;
        }

        var alone = samples.Min(sample => sample.Alone);
        Slowdown = samples.Average(sample => sample.Work / alone);
        Latest = samples.Max(sample => sample.Late);
        Idle = samples.Average(sample => sample.Idle);
    }

    public int Samples { get; }

    /// <summary>Mean time of a piece of work, in times that it takes on a core of its own.</summary>
    public double Slowdown { get; } = double.PositiveInfinity;

    /// <summary>The longest time that a timer was late.</summary>
    public TimeSpan Latest { get; } = TimeSpan.MaxValue;

    /// <summary>Share of the time in which the cores had nothing to do, 0..1; null where nobody tells.</summary>
    public double? Idle { get; }

    /// <summary>Whether who missed a time on this machine has nobody else to blame.</summary>
    public bool IsAble => Slowdown <= MostSlowdown && Latest <= MostLate && Idle is not < LeastIdle;

    public override string ToString()
    {
        if (Samples == 0)
        {
            return "nothing is known of the machine";
        }

        var idle = Idle is { } share
            ? string.Create(CultureInfo.InvariantCulture, $", processors {100 * share:0} % idle") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"work took {Slowdown:0.00} times as long as alone, timers fired up to {Latest.TotalMilliseconds:0} ms "
                + $"late{idle}");
    }
}
