using Blockchain.Shared;
using Blockchain.Shared.Messages;

namespace Blockchain.Lab.Fidelity;

/// <summary>What peers have counted since their start, by the names of the wire and of <see cref="DropReason"/>.</summary>
internal sealed record PeerCounts(
    IReadOnlyDictionary<string, long> Received,
    IReadOnlyDictionary<string, long> Redundant,
    IReadOnlyDictionary<string, long> Dropped)
{
    private static readonly string[] Gossip = [MessageType.Inv.Name(), MessageType.Block.Name(), MessageType.Tx.Name()];

    /// <summary>Copies that told nothing new for each that did, of what gossip carries.</summary>
    public double Redundancy
    {
        get
        {
            var redundant = Gossip.Sum(type => Redundant.GetValueOrDefault(type));
            var useful = Gossip.Sum(type => Received.GetValueOrDefault(type)) - redundant;
            return useful > 0 ? (double)redundant / useful : 0;
        }
    }

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

    private static Dictionary<string, long> Combine(IEnumerable<IReadOnlyDictionary<string, long>> all) => all
        .SelectMany(counts => counts)
        .GroupBy(count => count.Key, count => count.Value)
        .ToDictionary(count => count.Key, count => count.Sum());

    private static Dictionary<string, long> Less(IReadOnlyDictionary<string, long> now, IReadOnlyDictionary<string, long> earlier) =>
        now.ToDictionary(count => count.Key, count => count.Value - earlier.GetValueOrDefault(count.Key));
}
