using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Measures;

/// <summary>Messages dropped for one reason, over time.</summary>
/// <param name="Reason">Null: all that have no series of their own.</param>
/// <param name="Counts">One for each stretch of time.</param>
public sealed record DropSeries(DropReason? Reason, IReadOnlyList<long> Counts)
{
    public long Sum => Counts.Sum();

    /// <summary>The reasons that there were, the most frequent first, and what is left of them last.</summary>
    /// <param name="most">How many series at most.</param>
    public static IReadOnlyList<DropSeries> Of(IReadOnlyList<TrafficBucket> traffic, int most)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        DropSeries[] all =
        [
            .. Enum.GetValues<DropReason>()
                .Select(reason => new DropSeries(reason, [.. traffic.Select(bucket => bucket.DroppedFor(reason))]))
                .Where(series => series.Sum > 0)
                .OrderByDescending(series => series.Sum),
        ];
        if (all.Length <= most)
        {
            return all;
        }

        var rest = all[(most - 1)..];
        var counts = traffic.Select((_, index) => rest.Sum(series => series.Counts[index]));
        return [.. all[..(most - 1)], new DropSeries(null, [.. counts])];
    }
}
