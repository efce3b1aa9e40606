using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Trials.Evidence;

/// <summary>What a peer says of itself at one moment. What was not asked for is empty.</summary>
/// <param name="Tip">Null before its first block.</param>
public sealed record PeerReading(PeerId Id, int Height, Hash256? Tip)
{
    /// <summary>In a few words, for a report.</summary>
    public string Summary { get; init; } = "";

    public IReadOnlyDictionary<Hash256, KnownBlock> Blocks { get; init; } = new Dictionary<Hash256, KnownBlock>();

    /// <summary>Whether its pool or its chain has a transaction.</summary>
    public Predicate<Hash256> HasTransaction { get; init; } = _ => false;

    public IReadOnlySet<PeerId> Banned { get; init; } = new HashSet<PeerId>();

    /// <summary>The peers that it knows; true: they answer.</summary>
    public IReadOnlyDictionary<PeerId, bool> Known { get; init; } = new Dictionary<PeerId, bool>();

    public IReadOnlyList<MetricSample> Metrics { get; init; } = [];
}
