using Blockchain.Events;
using Blockchain.Observatory.State;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Measures;

/// <summary>How often the same came, over all peers and a stretch of time.</summary>
/// <param name="Type">Null: all that <see cref="Redundancy.Types"/> names.</param>
public sealed record GossipCopies(MessageType? Type, long Received, long Redundant)
{
    /// <inheritdoc cref="Redundancy.CopiesPerUseful"/>
    public double? PerUseful => Redundancy.CopiesPerUseful(Received, Redundant);

    /// <summary>One for each type, then their sum.</summary>
    public static IReadOnlyList<GossipCopies> Of(IEnumerable<TrafficBucket> traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        var buckets = traffic.ToArray();
        GossipCopies[] types =
        [
            .. Redundancy.Types.Select(type => new GossipCopies(
                type, buckets.Sum(bucket => bucket.ReceivedOf(type)), buckets.Sum(bucket => bucket.RedundantOf(type)))),
        ];
        return [.. types, new GossipCopies(null, types.Sum(type => type.Received), types.Sum(type => type.Redundant))];
    }
}
