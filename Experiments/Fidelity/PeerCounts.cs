using Blockchain.Events;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Fidelity;

/// <summary>
/// What peers have counted so far, by the names of the wire and of <see cref="Blockchain.Shared.DropReason"/>.
/// </summary>
internal sealed record PeerCounts(
    IReadOnlyDictionary<string, long> Received,
    IReadOnlyDictionary<string, long> Redundant,
    IReadOnlyDictionary<string, long> Dropped)
{
    /// <summary>As <see cref="Redundancy.CopiesPerUseful"/>; 0 while no message was useful.</summary>
    public double CopiesPerUseful => Redundancy.CopiesPerUseful(OfGossip(Received), OfGossip(Redundant)) ?? 0;

    public static PeerCounts Sum(IEnumerable<PeerCounts> all)
    {
        var counts = all.ToArray();
        return new PeerCounts(
            Combine(counts.Select(one => one.Received)),
            Combine(counts.Select(one => one.Redundant)),
            Combine(counts.Select(one => one.Dropped)));
    }

    /// <summary>What has come since an earlier count.</summary>
    public PeerCounts Since(PeerCounts earlier) => new(
        Less(Received, earlier.Received), Less(Redundant, earlier.Redundant), Less(Dropped, earlier.Dropped));

    private static long OfGossip(IReadOnlyDictionary<string, long> counts) =>
        Redundancy.Types.Sum(type => counts.GetValueOrDefault(type.Name()));

    private static Dictionary<string, long> Combine(IEnumerable<IReadOnlyDictionary<string, long>> all) => all
        .SelectMany(counts => counts)
        .GroupBy(count => count.Key, count => count.Value)
        .ToDictionary(count => count.Key, count => count.Sum());

    private static Dictionary<string, long> Less(
        IReadOnlyDictionary<string, long> now, IReadOnlyDictionary<string, long> earlier) =>
        now.ToDictionary(count => count.Key, count => count.Value - earlier.GetValueOrDefault(count.Key));
}
