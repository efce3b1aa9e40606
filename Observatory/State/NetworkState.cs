using System.Collections.Frozen;
using System.Collections.Immutable;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.State;

/// <summary>
/// A network at one moment, as its events tell of it. It does not change; <see cref="NetworkFold"/> makes the next.
/// </summary>
public sealed class NetworkState
{
    public static NetworkState Empty { get; } = new();

    private readonly Lazy<IReadOnlyList<TipState>> _tips;
    private readonly Lazy<FrozenDictionary<PeerId, PeerState>> _peersById;
    private readonly Lazy<FrozenDictionary<Hash256, BlockState>> _blocksById;

    public NetworkState()
    {
        _peersById = new(() => Peers.ToFrozenDictionary(peer => peer.Id));
        _blocksById = new(() => Blocks.ToFrozenDictionary(block => block.Id));
        _tips = new(FindTips);
    }

    /// <summary>The latest time that an event told; zero before the first.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>How many events led here.</summary>
    public long Events { get; init; }

    /// <summary>In the order of their ids, by number where they are numbers.</summary>
    public ImmutableArray<PeerState> Peers { get; init; } = [];

    public ImmutableArray<LinkState> Links { get; init; } = [];

    /// <summary>The last blocks, by height and then by the time of making; false ones among them.</summary>
    public ImmutableArray<BlockState> Blocks { get; init; } = [];

    /// <summary>The last acceptances of blocks, in the order in which they were heard of.</summary>
    public ImmutableArray<Arrival> RecentArrivals { get; init; } = [];

    public ImmutableArray<RelayState> Relays { get; init; } = [];

    /// <summary>In the order of time, without gaps.</summary>
    public ImmutableArray<TrafficBucket> Traffic { get; init; } = [];

    public ImmutableArray<Remark> Remarks { get; init; } = [];

    public ImmutableArray<ChainReorganised> Reorganisations { get; init; } = [];

    /// <summary>
    /// Where the chains of the peers that are up end; the one with most peers first, then the highest.
    /// </summary>
    public IReadOnlyList<TipState> Tips => _tips.Value;

    public PeerState? Peer(PeerId id) => _peersById.Value.GetValueOrDefault(id);

    public BlockState? Block(Hash256 id) => _blocksById.Value.GetValueOrDefault(id);

    private IReadOnlyList<TipState> FindTips() =>
    [
        .. Peers.Where(peer => peer is { IsUp: true, Tip: not null })
            .GroupBy(peer => peer.Tip!.Value)
            .Select(tip => new TipState(
                tip.Key, tip.Max(peer => peer.Height), Block(tip.Key)?.Mark, [.. tip.Select(peer => peer.Id)]))
            .OrderByDescending(tip => tip.Peers.Count)
            .ThenByDescending(tip => tip.Height)
            .ThenBy(tip => tip.Block),
    ];
}
