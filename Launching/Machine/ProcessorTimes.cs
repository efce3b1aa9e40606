using System.Globalization;

namespace Blockchain.Launching.Machine;

/// <summary>What all processors together have done since the start of the system, in ticks.</summary>
public readonly record struct ProcessorTimes(long Idle, long Total)
{
    private const string File = "/proc/stat";

    /// <summary>Null where the system does not tell.</summary>
    public static ProcessorTimes? Now()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        using var reader = new StreamReader(File);
        return Parse(reader.ReadLine()!);
    }

    /// <param name="line">"cpu  user nice system idle iowait irq softirq steal guest guest_nice", the guests within
    /// user and nice.</param>
    public static ProcessorTimes Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var times = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Take(8)
            .Select(time => long.Parse(time, CultureInfo.InvariantCulture))
            .ToArray();
        return new ProcessorTimes(times[3] + times[4], times.Sum());
    }

    /// <summary>
    /// Share of the time from then till now in which they had nothing to do; null when no tick has passed.
    /// </summary>
    public double? IdleSince(ProcessorTimes then) =>
        Total > then.Total ? (double)(Idle - then.Idle) / (Total - then.Total) : null;
}
