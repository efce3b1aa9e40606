using System.Globalization;
using Blockchain.Launching;

namespace Blockchain.Experiments.Attacks;

/// <summary>How much memory the nodes have resident, by what the system says of their processes.</summary>
internal sealed class MemoryProbe(IReadOnlyList<LocalNode> nodes)
{
    private const string Resident = "VmRSS:";
    private const string Most = "VmHWM:";
    private const long Kibibyte = 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long[] _most = new long[nodes.Count];

    /// <summary>The node that had most at any time, and how much, in bytes.</summary>
    public (LocalNode Node, long Bytes) Worst
    {
        get
        {
            var worst = Enumerable.Range(0, nodes.Count).MaxBy(i => _most[i]);
            return (nodes[worst], _most[worst]);
        }
    }

    /// <summary>Looks until it is stopped, or a node has more than the limit.</summary>
    /// <returns>Whether one had more.</returns>
    public async Task<bool> WatchAsync(long limit, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < nodes.Count; i++)
            {
                _most[i] = Math.Max(_most[i], Read(nodes[i], Most));
                if (Read(nodes[i], Resident) > limit)
                {
                    return true;
                }
            }

            await Task.WhenAny(Task.Delay(Interval, stop));
        }

        return false;
    }

    /// <summary>Zero for a process that is gone.</summary>
    private static long Read(LocalNode node, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{node.ProcessId}/status")
                .FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[field.Length..^2], CultureInfo.InvariantCulture) * Kibibyte;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
